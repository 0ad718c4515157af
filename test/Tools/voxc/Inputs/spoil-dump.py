# usage: spoil-dump.py FOLDER
#
# Spoils FOLDER/m.mlir and its weights file in one way after the other, and
# prints what voxc says of each, which must end with exit code 1 (0 for "good").
import os
import pathlib
import re
import shutil
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
text = (folder / "m.mlir").read_text()
name = re.search(r'"name": "(.*)"', text)[1]
weights = (folder / name).read_bytes()
dump, file = folder / "m.mlir", folder / name


def replace(pattern, by):
    def spoil():
        changed = re.sub(pattern, lambda _: by, text, count=1)
        assert changed != text, pattern
        dump.write_text(changed)

    return spoil


def link():
    (folder / "other").write_bytes(weights)
    file.symlink_to("other")


NAME, SIZE, HASH = r'"name": ".*"', r'"size": ".*"', r'"sha256": ".*"'
HEAD = r'"head.weight": ".*?"'
FILE = r"(?s)    voxc_weights_file: \{.*?\},\n"
AGAIN = re.search(FILE, text)[0]

WAYS = {
    "missing": lambda: None,
    "link": link,
    "folder": file.mkdir,
    "pipe": lambda: os.mkfifo(file),
    "truncated": lambda: file.write_bytes(weights[:1000]),
    "changed": lambda: file.write_bytes(b"x" + weights[1:]),
    "hash": replace(HASH, '"sha256": "0a1b"'),
    "path": replace(NAME, '"name": "../d/m.weights"'),
    "absolute": replace(NAME, '"name": "/etc/passwd"'),
    "parent": replace(NAME, '"name": ".."'),
    "nul": replace(NAME, '"name": "a\\00b"'),
    "empty": replace(NAME, '"name": ""'),
    "size": replace(SIZE, '"size": "-1"'),
    "huge": replace(SIZE, '"size": "18446744073709551615"'),
    "key": replace(SIZE, '"mode": "1"'),
    "blob": replace(SIZE, '"size": true'),
    "unnamed": replace(FILE, ""),
    "late": replace(r"\n  \}\n#-\}", ",\n" + AGAIN.rstrip(",\n") + "\n  }\n#-}"),
    "outside": replace(HEAD, '"head.weight": "1197056,256"'),
    "overflow": replace(HEAD, '"head.weight": "18446744073709551552,256"'),
    "unaligned": replace(HEAD, '"head.weight": "4,256"'),
    "text": replace(HEAD, '"head.weight": "x"'),
    "short": replace(HEAD, '"head.weight": "0,128"'),
    "absent": replace(HEAD, '"head.other": "0,256"'),
    "good": lambda: None,
}

for way, spoil in WAYS.items():
    dump.write_text(text)
    if file.is_symlink() or file.exists():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    if way not in ("missing", "link", "folder", "pipe"):
        file.write_bytes(weights)
    spoil()
    command = ["voxc", dump, "--compile-from=graph", "--compile-to=groups"]
    command += ["-o", "/dev/null" if way == "good" else "out"]
    command += ["--emit=vox"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    # Locations of ops are those of the model that was dumped.
    print(f"{way}: {re.sub('^.*/model.onnx', 'model.onnx', run.stderr)}")
    if run.returncode != (0 if way == "good" else 1):
        sys.exit(f"{way}: exit code {run.returncode}")
