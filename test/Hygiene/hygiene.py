# ===- hygiene.py - The suite tests itself ----------------------------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: hygiene.py CHECK...
# Each check prints a line per fault, with file and line number, and fails where
# there is one:
#
#   prefixes     CHECK lines that no FileCheck reads, and FileChecks that read
#                nothing
#   passes       passes that no test runs
#   mnemonics    ops, attributes and enumerators in no round-trip test
#   banners      first lines of sources that are not a file's name and what it
#                does, 80 columns wide
#   diagnostics  messages of lib/Dialect that no test expects
#   round-trips  inputs that do not come back as they were from text, from the
#                generic form or from bytecode
#
# ===------------------------------------------------------------------------=== #

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "test"

# What lit and FileCheck read besides prefixes.
LIT_WORDS = {"RUN", "REQUIRES", "UNSUPPORTED", "XFAIL", "END", "DEFINE", "REDEFINE", "ALLOW_RETRIES", "COM"}
DIRECTIVE = re.compile(
    r"^\s*(?:(?://|#)\s*)?([A-Z][A-Z0-9_-]*?)(?:-(?:NEXT|SAME|NOT|DAG|LABEL|EMPTY|COUNT-\d+))?(?:\{LITERAL\})?:"
)


def test_files(*suffixes):
    return [path for suffix in suffixes for path in sorted(TESTS.rglob("*" + suffix))]


def place(path, number):
    return f"{path.relative_to(ROOT)}:{number}"


def run_lines(text):
    """The commands of a test, continued lines joined."""
    lines = re.findall(r"^\s*(?://|#)?\s*RUN:(.*)$", text, re.M)
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return joined.splitlines()


# ===------------------------------------------------------------------------=== #
# prefixes
# ===------------------------------------------------------------------------=== #


def read_prefixes(text):
    """The prefixes that FileChecks read in the test's own file."""
    prefixes = set()
    for line in run_lines(text):
        for command in re.split(r"\||&&|;|<", line):
            words = command.split()
            if "FileCheck" not in words or "%s" not in words[words.index("FileCheck") :]:
                continue
            named = re.findall(r"--?check-prefix(?:es)?[= ](\S+)", command)
            prefixes.update(name for names in named for name in names.split(","))
            if not named:
                prefixes.add("CHECK")
    return prefixes


def check_prefixes():
    for path in test_files(".mlir", ".test", ".onnxtxt"):
        text = path.read_text()
        if path.parent.name == "Inputs" or not run_lines(text):
            continue
        read = read_prefixes(text)
        used = {}
        for number, line in enumerate(text.splitlines(), 1):
            match = DIRECTIVE.match(line)
            if match and match.group(1) not in LIT_WORDS:
                used.setdefault(match.group(1), number)
        for prefix, number in used.items():
            if prefix not in read:
                yield f"{place(path, number)}: no FileCheck reads {prefix}"
        for prefix in sorted(read - set(used)):
            yield f"{place(path, 1)}: FileCheck reads {prefix}, which is nowhere"


# ===------------------------------------------------------------------------=== #
# passes and mnemonics
# ===------------------------------------------------------------------------=== #


def definitions(folder, pattern):
    for path in sorted((ROOT / "include/vox/Dialect/Vox" / folder).glob("*.td")):
        text = path.read_text()
        for match in re.finditer(pattern, text):
            yield path, text.count("\n", 0, match.start()) + 1, match.group(1)


def check_passes():
    commands = "\n".join(
        line for path in test_files(".mlir", ".test") for line in run_lines(path.read_text())
    )
    for path, number, flag in definitions("Transforms", r'Pass<\s*"([^"]+)"'):
        if not re.search(rf"--{re.escape(flag)}\b(?!-)", commands):
            yield f"{place(path, number)}: no test runs --{flag}"


def check_mnemonics():
    texts = [path.read_text() for path in test_files(".mlir")]
    tests = "\n".join(text for text in texts if "--mlir-print-op-generic | vox-opt" in text)
    # What is expected to be printed; defaults, which are not, may be written.
    expected = "\n".join(line for line in tests.splitlines() if DIRECTIVE.match(line))
    kinds = [
        ("op", r'Vox_(?:Op|BinaryOp)<"([^"]+)"', r"vox\.{}\b", expected),
        ("attribute", r'Vox_(?:Attr|Activation)<\s*"[^"]+",\s*"([^"]+)"', r"#vox\.{}\b", expected),
        ("enumerator", r'I32EnumAttrCase<"[^"]+", \d+, "([^"]+)">', r"\b{}\b", tests),
    ]
    for kind, pattern, shape, text in kinds:
        for path, number, name in definitions("IR", pattern):
            if not re.search(shape.replace("{}", name), text):
                yield f"{place(path, number)}: {kind} {name} is in no round-trip test"


# ===------------------------------------------------------------------------=== #
# banners
# ===------------------------------------------------------------------------=== #


def check_banners():
    for folder in ("include", "lib", "tools", "test/Unit"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".cpp", ".h", ".c", ".td"):
                continue
            line, next_line = path.read_text().splitlines()[:2]
            if len(line) != 80:
                yield f"{place(path, 1)}: {len(line)} columns; expected a banner of 80"
            elif not re.fullmatch(rf"//===- {re.escape(path.name)} - \S.*\S -+(\*- [\w+]+ -\*-+)?===//", line):
                yield f"{place(path, 1)}: expected a banner //===- {path.name} - WHAT IT DOES ---===//"
            elif next_line != "//":
                yield f"{place(path, 2)}: expected // and nothing else below the banner"


# ===------------------------------------------------------------------------=== #
# diagnostics
# ===------------------------------------------------------------------------=== #

LITERAL = r'"(?:[^"\\]|\\.)*"'
# A diagnostic and the statement it begins.
STATEMENT = re.compile(
    rf"(?:emitOpError|emitError|createStringError|remarkMissed|remarkPassed)\b(?:{LITERAL}|[^;\"])*;"
    rf"|return (?:{LITERAL}\s*)+(?:\+(?:{LITERAL}|[^;\"])*)?;"
)


def message_parts(statement):
    """The fixed parts of a message: those that are always there, and lists of
    which one is."""
    tokens = re.findall(rf"{LITERAL}|[^\"\s]+", statement)
    parts, alternatives, previous = [], [], ""
    for token in tokens:
        if token[0] != '"':
            previous = token
            continue
        text = token[1:-1].replace('\\"', '"')
        if previous == "literal":
            parts[-1] += text  # C++ joins neighbours
        elif previous in ("?", ":"):
            alternatives.append(text)
        else:
            parts.append(text)
        previous = "literal" if previous not in ("?", ":") else previous + " done"
    split = [piece for part in parts for piece in re.split(r"%(?:ll|z)?[dus]|\{\d\}", part)]
    return [piece.strip() for piece in split if len(piece.strip()) > 3], alternatives


def check_diagnostics():
    expected = [
        line
        for path in test_files(".mlir", ".test", ".onnxtxt")
        for line in path.read_text().splitlines()
        if "expected-" in line or DIRECTIVE.match(line)
    ]
    sources = (path for kind in ("*.cpp", "*.h") for path in (ROOT / "lib/Dialect").rglob(kind))
    for path in sorted(sources):
        text = re.sub(r"//.*", "", path.read_text())
        for match in STATEMENT.finditer(text):
            parts, alternatives = message_parts(match.group(0))
            number = text.count("\n", 0, match.start()) + 1
            for alternative in alternatives or [""]:
                wanted = parts + [alternative]
                if parts and not any(all(part in line for part in wanted) for line in expected):
                    yield f"{place(path, number)}: no test expects '{' ... '.join(filter(None, wanted))}'"


# ===------------------------------------------------------------------------=== #
# round-trips
# ===------------------------------------------------------------------------=== #


def vox_opt(source, *options):
    return subprocess.run(["vox-opt", *options], input=source, capture_output=True, check=True).stdout


def check_round_trips():
    for path in test_files(".mlir"):
        source = path.read_bytes()
        if b"expected-error" in source or b"split-file" in source:
            continue
        try:
            text = vox_opt(source)
            for form, again in (
                ("text", vox_opt(text)),
                ("the generic form", vox_opt(vox_opt(source, "--mlir-print-op-generic"))),
                ("bytecode", vox_opt(vox_opt(source, "--emit-bytecode"))),
            ):
                if again != text:
                    yield f"{place(path, 1)}: comes back changed from {form}"
        except subprocess.CalledProcessError as error:
            yield f"{place(path, 1)}: {error.stderr.decode().strip()}"


# ===------------------------------------------------------------------------=== #

CHECKS = {
    "prefixes": check_prefixes,
    "passes": check_passes,
    "mnemonics": check_mnemonics,
    "banners": check_banners,
    "diagnostics": check_diagnostics,
    "round-trips": check_round_trips,
}


def main():
    if not sys.argv[1:] or not set(sys.argv[1:]) <= set(CHECKS):
        sys.exit(f"usage: hygiene.py {'|'.join(CHECKS)}...")
    faults = [fault for name in sys.argv[1:] for fault in CHECKS[name]()]
    if faults:
        sys.exit("\n".join(faults))


main()
