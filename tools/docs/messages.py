#!/usr/bin/env python3
# ===- messages.py - The messages that users can meet, from the sources -----=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# Finds the calls that report an error (emitOpError, vox_error_set, ...) and the
# reasons that functions return as text, and prints docs/Messages.md. A message
# is the string literals of such an expression; what stands between them, and
# each conversion of a printf format, becomes an ellipsis.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import re
import sys

# Functions whose arguments are messages.
ERRORS = {
    "error",
    "emitError",
    "emitOpError",
    "createStringError",
    "fail",
    "refuse",
    "usageError",
    "vox_error_set",
    "vox_file_fail",
}
REMARKS = {"remarkPassed", "remarkMissed"}

# Each section: title, folders, functions, and whether the functions in these
# folders also return reasons, as text, which their callers report.
AREAS = [
    ("Reading an ONNX model", ["lib/Frontend/ONNX"], ERRORS, True),
    ("The IR: verifiers and shapes", ["lib/Dialect/Vox/IR"], ERRORS, True),
    ("Passes", ["lib/Dialect/Vox/Transforms"], ERRORS, False),
    ("Remarks of the passes", ["lib/Dialect/Vox/Transforms"], REMARKS, True),
    (
        "Code generation and products",
        ["lib/Codegen", "lib/Pipelines", "lib/Target"],
        ERRORS,
        True,
    ),
    ("The float64 reference", ["lib/Reference"], ERRORS, True),
    ("Command lines", ["tools"], ERRORS, True),
    ("Compiled models: C functions and programs", ["lib/Runtime"], ERRORS, True),
]

# A shorter text that is returned is a name or an operator.
MIN_REASON_WORDS = 3

TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<string>\"(?:\\.|[^\"\\])*\")|'(?:\\.|[^'\\])'"
    r"|(?P<word>[A-Za-z_][A-Za-z_0-9]*)|(?P<op><<|::|->|&&|\|\||[^\sA-Za-z_0-9])"
    r"|\d[\w.]*",
    re.S,
)
CONVERSION = re.compile(r"%[-+ #0]*[\d.*]*(?:hh|h|ll|l|z|j)?[diouxXeEfgGcsp]|\{\d+\}")
OPENING, CLOSING = set("([{"), set(")]}")


def tokenize(text):
    """Tokens as (kind, text) pairs, without comments and preprocessor lines."""
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", "", text, flags=re.M)
    tokens = []
    for match in TOKEN.finditer(text):
        if match.group().startswith(("//", "/*")):
            continue
        tokens.append((match.lastgroup or "other", match.group()))
    return tokens


def read_pieces(tokens, at):
    """The comma-separated pieces of an expression from `at` on, each a list of
    literals and None for what stands between them; and where it ends."""
    pieces, depth = [[]], 0
    while at < len(tokens):
        kind, text = tokens[at]
        if text in OPENING:
            depth += 1
        elif text in CLOSING:
            depth -= 1
            if depth < 0:
                break
        elif text == ";" and depth == 0:
            break
        if depth == 0 and text == ",":
            pieces.append([])
        elif kind == "string" and depth == 0:
            pieces[-1].append(text[1:-1])
        elif not (depth == 0 and text in ("+", "<<")):
            pieces[-1].append(None)
        at += 1
    return pieces, at


def render(piece):
    """One message; empty if the piece holds no literal."""
    text, gap = "", False
    for part in piece:
        if part is None:
            gap = True
            continue
        text += ("…" if gap else "") + part
        gap = False
    if not text.strip("… "):
        return ""
    text += "…" if gap else ""
    text = text.replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")
    text = CONVERSION.sub("…", text).replace("%%", "%")
    return re.sub(r"\s+", " ", re.sub(r"…+", "…", text)).strip()


def is_message(text):
    """Whether it says something, beside operators and names."""
    return len(re.findall(r"(?:^|\s)[\"'(]?[A-Za-z-]{2,}", text)) >= 2


def skip_stream(tokens, at):
    """The pieces streamed into a diagnostic by `<<` after its call."""
    if at + 1 < len(tokens) and tokens[at + 1][1] == "<<":
        pieces, at = read_pieces(tokens, at + 1)
        return pieces[0], at
    return [], at


def find_messages(tokens, reporters, with_reasons):
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if kind == "word" and text in reporters and following == "(":
            pieces, end = read_pieces(tokens, at + 2)
            streamed, _ = skip_stream(tokens, end)
            if streamed:
                pieces = [pieces[-1] + streamed] if pieces[-1] else [streamed]
            texts = [t for t in map(render, pieces) if t]
            if reporters is REMARKS:
                texts = texts[-1:]  # behind the remark's name
            if texts and is_message(texts[0]):
                hint = texts[1] if text == "error" and len(texts) > 1 else ""
                yield texts[0], hint
        elif with_reasons and text == "return" and following != ";":
            braces = following == "{"
            pieces, _ = read_pieces(tokens, at + (2 if braces else 1))
            if pieces[0] and pieces[0][0] is not None:
                reason = render(pieces[0])
                if len(reason.split()) >= MIN_REASON_WORDS and is_message(reason):
                    hint = render(pieces[1]) if braces and len(pieces) > 1 else ""
                    yield reason, hint
        at += 1


def find_sources(root, folder):
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in (".cpp", ".c", ".h"):
            yield path


def escape(text):
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def main():
    root = pathlib.Path(sys.argv[1])
    print("<!-- Written by tools/docs/generate.sh; do not edit. -->\n")
    print("# Messages\n")
    print(
        "Texts that users can meet, collected from the sources by the calls that report\n"
        "them; an ellipsis stands for what depends on the case. [Errors.md](Errors.md)\n"
        "says where they appear and what to do about the frequent ones.\n"
    )
    for title, folders, reporters, with_reasons in AREAS:
        rows = {}
        for folder in folders:
            for path in find_sources(root, folder):
                tokens = tokenize(path.read_text())
                for row in find_messages(tokens, reporters, with_reasons):
                    rows.setdefault(row, path.relative_to(root).as_posix())
        if not rows:
            continue
        print(f"## {title}\n\n| Message | Hint | Source |\n| --- | --- | --- |")
        for (message, hint), path in sorted(rows.items(), key=lambda r: (r[1], r[0])):
            print(f"| {escape(message)} | {escape(hint)} | {path} |")
        print()


main()
