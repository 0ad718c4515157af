#!/usr/bin/env python3
# ===- check_names.py - Do the things exist that the pages name? ------------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: check_names.py REPOSITORY
#
# Looks at the hand-written pages of docs/ and at README.md: every relative link,
# every path in `code` below a folder of the repository, and every identifier or
# option in `code` must exist: the first two as files, the others in the sources.
#
# ===------------------------------------------------------------------------=== #

import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
# A path in code; {a,b} lists, * is a wildcard.
PATH = re.compile(r"(?:docs|include|lib|test|tools)/[\w./{},*-]*$")
# What is looked up in the sources: CamelCase or snake_case or a dialect name,
# with or without the brackets of a call; options with two dashes.
IDENTIFIER = re.compile(
    r"(?:vox::)?(?:[A-Za-z]+[A-Z_]\w*|[a-z]+_\w+|[A-Z]\w*[a-z]\w*)(?:\(\))?$"
)
DIALECT = re.compile(r"#?vox\.(\w+)$")
OPTION = re.compile(r"(--[A-Za-z][\w-]+)")

SOURCE_SUFFIXES = {".cpp", ".h", ".c", ".td", ".py", ".sh", ".cmake", ".S", ".txt"}
# Names of other projects.
FOREIGN = {"NAME.h", "--remark-policy", "--remarks-filter", "MatMul", "NCDHW"}
# What the pages compile, as NAME of the C interface.
MODELS = ("imf_", "digits_")
FILE = re.compile(r"[\w-]+\.(?:cpp|h|c|td|py|sh|mlir)$")


def read_sources(root):
    texts = []
    for folder in ("include", "lib", "tools", "test"):
        for path in (root / folder).rglob("*"):
            if path.suffix in SOURCE_SUFFIXES and path.name != "check_names.py":
                texts.append(path.read_text(errors="replace"))
    return "\n".join(texts)


def expand(path):
    """The paths that "a/{b,c}.td" lists."""
    match = re.search(r"\{([^}]*)\}", path)
    if not match:
        return [path]
    return [
        result
        for part in match[1].split(",")
        for result in expand(path[: match.start()] + part + path[match.end() :])
    ]


def exists(root, path):
    if "*" in path:
        return any(root.glob(path))
    return (root / path).exists()


class Checker:
    def __init__(self, root):
        self.root = root
        sources = read_sources(root)
        self.words = set(re.findall(r"\w+", sources))
        self.files = {p.name for f in ("lib", "include", "test", "tools", "docs")
                      for p in (root / f).rglob("*.*")}
        self.options = set(re.findall(r"[A-Za-z][\w-]+", sources))
        self.missing = []

    def check_code(self, code):
        """What is missing of one `code` span, or None."""
        if PATH.match(code):
            missing = [p for p in expand(code) if not exists(self.root, p)]
            return f"file {missing[0]}" if missing else None
        if match := DIALECT.match(code):
            return None if match[1] in self.words else f"name {code}"
        for option in OPTION.findall(code):
            name = option[2:]
            if option in FOREIGN:
                continue
            if name not in self.options and name.replace("-", "_") not in self.words:
                return f"option {option}"
        if FILE.match(code) and code not in FOREIGN:
            return None if code in self.files else f"file {code}"
        if code in FOREIGN or code.startswith(MODELS):
            return None
        if IDENTIFIER.match(code):
            name = code.removeprefix("vox::").removesuffix("()")
            return None if name in self.words else f"name {code}"
        return None

    def check_page(self, page):
        text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
        for target in LINK.findall(text):
            if "://" not in target and not (page.parent / target).exists():
                self.missing.append(f"{page}: link {target}")
        for code in CODE.findall(text):
            if missing := self.check_code(code):
                self.missing.append(f"{page}: {missing}")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    generated = {
        "Activations.md",
        "Dialect.md",
        "Messages.md",
        "OneConvolution.md",
        "Passes.md",
        "SupportedOps.md",
    }
    pages = [root / "README.md"]
    pages += [p for p in sorted((root / "docs").glob("*.md")) if p.name not in generated]
    pages += sorted((root / "docs/Guides").glob("*.md"))
    checker = Checker(root)
    for page in pages:
        checker.check_page(page)
    if checker.missing:
        sys.exit("does not exist:\n" + "\n".join(sorted(set(checker.missing))))
    print(f"{len(pages)} pages checked")


main()
