#===- coverage_table.py - Lines that tests ran, by folder ----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
"""Reads what `llvm-cov export -summary-only` prints and prints, for each folder
below ROOT, its lines of code, how many of them ran, and the share.

usage: coverage_table.py ROOT
"""

import collections
import json
import pathlib
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    (report,) = json.load(sys.stdin)["data"]
    folders = collections.defaultdict(lambda: [0, 0])
    for file in report["files"]:
        folder = pathlib.Path(file["filename"]).parent
        if root != folder and root not in folder.parents:
            continue
        lines = file["summary"]["lines"]
        for name in (str(folder.relative_to(root.parent)), "all"):
            folders[name][0] += lines["count"]
            folders[name][1] += lines["covered"]
    if not folders:
        sys.exit(f"error: no counts of files below {root}")
    total = folders.pop("all")
    width = max(map(len, folders))
    print(f"{'folder':{width}}   lines     run   share")
    for name, (count, covered) in [*sorted(folders.items()), ("all", total)]:
        print(f"{name:{width}}  {count:6}  {covered:6}  {100 * covered / max(count, 1):5.1f}%")


if __name__ == "__main__":
    main()
