#!/usr/bin/env python3
#===- mutate.py - Does the suite notice wrong rewrites? --------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Makes the mistakes of Mutations/mutations.py, one at a time, in a copy of the
sources, builds it and runs the tests that should notice.

    mutate.py                 all mistakes
    mutate.py NAME...         some
    mutate.py --list          what they are

The copy lies in build/mutations and is built beside the usual build, which has
to be there (tools/check.sh). A mistake is caught where a test fails; one that
does not compile, or whose text is no longer in the sources, is an error of the
list. The last line is "N caught, N missed"; the exit code is 1 where one was
missed. It takes about half a minute for each.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # the source folder stays as it is

from mutations import MUTATIONS  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build/mutations"
COPY, BUILD = WORK / "source", WORK / "build"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)


def require(done, what):
    if done.returncode != 0:
        sys.exit(f"mutate.py: error: {what} failed\n{done.stdout[-3000:]}")


def cached(name):
    """What the usual build was configured with."""
    for line in (ROOT / "build/CMakeCache.txt").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return line.partition("=")[2]
    sys.exit(f"mutate.py: error: build/CMakeCache.txt has no {name}; run tools/check.sh first")


def build():
    return run(cached("CMAKE_MAKE_PROGRAM"), "-C", BUILD)


def prepare():
    """A fresh copy of the files that git knows, configured and built."""
    shutil.rmtree(COPY, ignore_errors=True)
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    require(files, "listing the sources")
    for name in files.stdout.splitlines():
        if not (ROOT / name).is_file():
            continue
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, COPY / name)
    settings = ("CMAKE_C_COMPILER", "CMAKE_CXX_COMPILER", "CMAKE_PREFIX_PATH", "MLIR_DIR",
                "CMAKE_MAKE_PROGRAM", "CMAKE_BUILD_TYPE", "LLVM_DIR", "LLD_DIR",
                "CMAKE_LINKER_TYPE", "CMAKE_C_COMPILER_LAUNCHER",
                "CMAKE_CXX_COMPILER_LAUNCHER", "CMAKE_EXE_LINKER_FLAGS")
    known = (ROOT / "build/CMakeCache.txt").read_text()
    options = [f"-D{name}={cached(name)}" for name in settings if f"\n{name}:" in known]
    require(run(cached("CMAKE_COMMAND"), "-G", "Ninja", "-S", COPY, "-B", BUILD, *options),
            "configuring the copy")
    require(build(), "building the copy")


def lit(pattern):
    # LLVM_DIR is PREFIX/lib/cmake/llvm.
    lit = pathlib.Path(cached("LLVM_DIR")).parents[2] / "bin/lit"
    return run(lit, "-q", "--max-failures=1", "--filter", pattern, BUILD / "test")


def attempt(mutation):
    """The first test that notices, or None."""
    path = COPY / mutation.file
    text = path.read_text()
    if text.count(mutation.old) != 1:
        sys.exit(f"mutate.py: error: {mutation.name}: {mutation.file} has its text "
                 f"{text.count(mutation.old)} times; expected once")
    path.write_text(text.replace(mutation.old, mutation.new))
    try:
        require(build(), f"{mutation.name}: building")
        # One after the other: the first ones are quick and mostly suffice.
        for tests in mutation.tests.split("|"):
            for line in lit(tests).stdout.splitlines():
                if line.startswith("FAIL:"):
                    return line.split(" :: ")[1].split(" ")[0]
    finally:
        path.write_text(text)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print the mistakes and end")
    parser.add_argument("--trust-suite", action="store_true",
                        help="do not run the tests without a mistake first")
    arguments = parser.parse_args()
    chosen = [m for m in MUTATIONS if not arguments.names or m.name in arguments.names]
    unknown = set(arguments.names) - {m.name for m in MUTATIONS}
    if unknown:
        sys.exit(f"mutate.py: error: no mistake is called {', '.join(sorted(unknown))}; "
                 "--list names them")
    if arguments.list:
        for m in chosen:
            print(f"{m.name:30} {m.bug}")
        return 0
    prepare()
    if not arguments.trust_suite:
        clean = lit("|".join(sorted({m.tests for m in chosen})))
        require(clean, "the suite without mistakes")
    missed = 0
    for i, mutation in enumerate(chosen):
        begin = time.monotonic()
        test = attempt(mutation)
        missed += test is None
        print(f"{i + 1:2}/{len(chosen)} {mutation.name:30} "
              f"{'caught by ' + test if test else 'MISSED':50} "
              f"{time.monotonic() - begin:4.0f} s", flush=True)
    print(f"{len(chosen) - missed} caught, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
