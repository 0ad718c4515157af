#!/usr/bin/env python3
# ===- add_activation.py - Follows the guide to a new activation ------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: add_activation.py REPOSITORY BUILD FOLDER
#
# Puts the record of docs/Guides/AddAnActivation.md into a copy of the table of
# activations in FOLDER, generates the classes, compiles the files of the dialect
# that hold them, and links these with the rest of BUILD's dialect to a program
# that checks the new activation (Inputs/add-activation.cpp). The formula is also
# compiled, and not run, for the vectors of kernels. The importer and whole
# kernels would take minutes to build: they know the table as data.
#
# ===------------------------------------------------------------------------=== #

import json
import pathlib
import re
import shlex
import subprocess
import sys

IR = "vox/Dialect/Vox/IR"
RECORD = re.compile(r"^<!-- record -->\n```tablegen\n(.*?)^```$", re.M | re.S)
# What the last section of the table ends with.
END = "#endif // VOX_ACTIVATIONS_TD"


def fail(message):
    sys.exit(f"add_activation.py: error: {message}")


def add_record(repository, folder):
    page = repository / "docs/Guides/AddAnActivation.md"
    record = RECORD.search(page.read_text())
    if not record:
        fail(f"{page} has no record; expected <!-- record --> and a block")
    table = (repository / "include" / IR / "Activations.td").read_text()
    if END not in table:
        fail(f"the table does not end with {END}")
    (folder / IR).mkdir(parents=True, exist_ok=True)
    (folder / IR / "Activations.td").write_text(table.replace(END, record[1] + "\n" + END))


def generate(repository, folder, llvm_include):
    for output, mode, source in [
        ("VoxAttrs.h.inc", "-gen-attrdef-decls", repository / "include" / IR / "VoxOps.td"),
        ("VoxAttrs.cpp.inc", "-gen-attrdef-defs", repository / "include" / IR / "VoxOps.td"),
        ("Activations.inc", "-gen-attrdef-defs", folder / IR / "Activations.td"),
    ]:
        command = ["mlir-tblgen", mode, "-attrdefs-dialect=vox", source, "-o", folder / IR / output]
        for include in (folder, repository / "include", llvm_include):
            command += ["-I", include]
        subprocess.run(command, check=True, cwd=folder)


def compile_arguments(build, folder, source):
    """How BUILD compiles `source`, for another file and with FOLDER's headers."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if pathlib.Path(entry["file"]) == source:
            words = shlex.split(entry["command"])
            break
    else:
        fail(f"{build}/compile_commands.json does not have {source}")
    compiler = next(i for i, word in enumerate(words) if re.search(r"clang\+\+[^/]*$", word))
    kept, skip = [words[compiler], f"-I{folder}"], False
    for word in words[compiler + 1 :]:
        if word in ("-o", "-c"):
            skip = True
        elif skip:
            skip = False
        elif not word.startswith("-O"):
            kept.append(word)
    return kept + ["-O0"]


def run_all(commands):
    running = [subprocess.Popen([str(word) for word in command]) for command in commands]
    if any([process.wait() for process in running]):
        fail("the activation does not compile")


def main():
    repository, build, folder = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    dialect = repository / "lib/Dialect/Vox/IR"
    inputs = repository / "test/Docs/Inputs"
    vectors = repository / "lib/Codegen/Halide/Lanes.cpp"
    as_dialect = compile_arguments(build, folder, dialect / "VoxDialect.cpp")
    as_vectors = compile_arguments(build, folder, vectors)
    llvm_include = as_dialect[as_dialect.index("-isystem") + 1]

    add_record(repository, folder)
    generate(repository, folder, llvm_include)
    objects, commands = [], []
    for source in (
        dialect / "VoxDialect.cpp",
        dialect / "ActivationKind.cpp",
        inputs / "add-activation.cpp",
    ):
        objects.append(folder / (source.stem + ".o"))
        commands.append(
            as_dialect + [f"-I{dialect}", f"-I{repository}/tools", "-c", source, "-o", objects[-1]]
        )
    commands.append(
        as_vectors + [f"-I{vectors.parent}", "-fsyntax-only", inputs / "add-activation-lanes.cpp"]
    )
    run_all(commands)

    program = folder / "check"
    sanitizers = [word for word in as_dialect if word.startswith("-fsanitize")]
    library = pathlib.Path(llvm_include).parent / "lib"
    run_all(
        [
            [as_dialect[0], *sanitizers, "-fuse-ld=lld", *objects, build / "lib/libVoxDialect.a"]
            + [f"-L{library}", f"-Wl,-rpath,{library}", "-lMLIR", "-lLLVM", "-lmpfr", "-o", program]
        ]
    )
    sys.exit(subprocess.run([program]).returncode)


main()
