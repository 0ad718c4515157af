"""Writes files that no exporter would write, in protobuf's wire format by hand.

Usage: make-hostile.py FOLDER
"""

import os
import sys


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def data(field, *parts):
    payload = b"".join(p.encode() if isinstance(p, str) else p for p in parts)
    return varint(field << 3 | 2) + varint(len(payload)) + payload


FLOAT = 1
FLOATS = b"\0\0\x80\x3f"


def tensor(name, dims, type=FLOAT, raw=None, extra=b""):
    parts = [number(1, d) for d in dims] + [number(2, type), data(8, name)]
    if raw is not None:
        parts.append(data(9, raw))
    return b"".join(parts) + extra


def external(name, dims, **entries):
    pairs = [data(13, data(1, k), data(2, v)) for k, v in entries.items()]
    return tensor(name, dims, extra=b"".join(pairs) + number(14, 1))


def value(name, dims, type=FLOAT):
    shape = data(2, *[data(1, number(1, d)) for d in dims])
    return data(1, name) + data(2, data(1, number(1, type), shape))


def node(op, inputs, outputs, *attributes):
    return b"".join(
        [data(1, i) for i in inputs]
        + [data(2, o) for o in outputs]
        + [data(4, op)]
        + [data(5, a) for a in attributes]
    )


def graph(nodes, inputs=(), outputs=(), initializers=(), extra=b""):
    return b"".join(
        [data(1, n) for n in nodes]
        + [data(2, "g")]
        + [data(5, t) for t in initializers]
        + [data(11, i) for i in inputs]
        + [data(12, o) for o in outputs]
        + [extra]
    )


def model(g, version=17):
    return number(1, 8) + data(8, number(2, version)) + data(7, g)


X, Y = value("x", [2]), value("y", [2])
ADD = node("Add", ["x", "w"], ["y"])


def with_initializer(t):
    return model(graph([ADD], [X], [Y], [t]))


def nested(depth):
    g = graph([node("Relu", ["x"], ["y"])])
    for _ in range(depth):
        attribute = data(1, "then_branch") + data(6, g) + number(20, 5)
        g = graph([node("If", ["x"], ["y"], attribute)])
    return model(g)


good = with_initializer(tensor("w", [2], raw=2 * FLOATS))
relu = [node("Relu", ["x"], ["y"])]
text = "# no model\n"

files = {
    # Not ONNX at all.
    "empty": b"",
    "text": text.encode(),
    "html": b"<!DOCTYPE html><html><body>Not found</body></html>",
    "lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "zip": b"PK\x03\x04" + bytes(100),
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "bytecode": b"ML\xefR" + bytes(100),
    "noise": bytes(range(255, 0, -1)),
    "header": number(1, 8),
    # Good, and cut off.
    "good": good,
    "truncated": good[:-3],
    "cut": good[:1],
    "nested": nested(300),
    # Tensors.
    "negative": with_initializer(tensor("w", [2, -1], raw=FLOATS)),
    "product": with_initializer(tensor("w", [1 << 40, 1 << 40], raw=FLOATS)),
    "rank": with_initializer(tensor("w", [1] * 5000, raw=FLOATS)),
    "short": with_initializer(tensor("w", [2], raw=FLOATS[:3])),
    "long": with_initializer(tensor("w", [2], raw=3 * FLOATS)),
    "bytes": with_initializer(tensor("w", [4], type=2, raw=FLOATS[:3])),
    "listed": with_initializer(tensor("w", [4], type=9, extra=data(5, varint(1)))),
    "type": with_initializer(tensor("w", [2], type=99, raw=FLOATS)),
    "notype": with_initializer(tensor("w", [2], type=0, raw=FLOATS)),
    "segment": with_initializer(
        tensor("w", [2], raw=2 * FLOATS, extra=data(3, number(1, 0), number(2, 9)))
    ),
    "attribute": model(
        graph(
            [node("Constant", [], ["y"],
                  data(1, "value") + data(5, tensor("", [1 << 62, 4], raw=b"")) + number(20, 4))],
            [], [Y],
        )
    ),
    "sparse": model(graph(relu, [X], [Y], extra=data(15, data(1, tensor("s", [2], raw=2 * FLOATS))))),
    # Graphs.
    "ranks": model(graph(relu, [value("x", [1] * 5000)], [Y])),
    "extent": model(graph(relu, [value("x", [-5])], [Y])),
    "unnamed": model(graph(relu, [X, value("", [2])], [Y])),
    "anonymous": with_initializer(tensor("", [2], raw=2 * FLOATS)),
    "untyped": model(graph(relu, [data(1, "x")], [Y])),
    "noop": model(graph([node("", ["x"], ["y"])], [X], [Y])),
    "bare": model(graph([b""] + relu, [X], [Y])),
    "many": model(graph([b""] * 100001, [X], [Y])),
    "million": model(graph([b""] * 6000000, [X], [Y])),
    "names": model(
        graph([node("Relu", ["a\n\"b\0"], ["../../y"])],
              [value("a\n\"b\0", [2])], [value("../../y", [2])])
    ),
    # External data.
    "outside": with_initializer(external("w", [2], location="../w.bin")),
    "absolute": with_initializer(external("w", [2], location="/etc/passwd")),
    "symlink": with_initializer(external("w", [2], location="link.bin")),
    "folderlink": with_initializer(external("w", [2], location="link/w.bin")),
    "hardlink": with_initializer(external("w", [2], location="hard.bin")),
    "absent": with_initializer(external("w", [2], location="absent.bin")),
    "folder": with_initializer(external("w", [2], location="folder")),
    "offset": with_initializer(external("w", [2], location="w.bin", offset="13")),
    "wrap": with_initializer(external("w", [2], location="w.bin", offset=str(2**64 - 4))),
    "minus": with_initializer(external("w", [2], location="w.bin", offset="-4")),
    "length": with_initializer(external("w", [2], location="w.bin", length="4")),
    "strings": with_initializer(tensor("w", [2], type=8, extra=data(13, data(1, "location"), data(2, "w.bin")) + number(14, 1))),
    "shared": model(
        graph([node("Sum", ["x"] + ["w%d" % i for i in range(3)], ["y"])], [X], [Y],
              [external("w%d" % i, [2], location="w.bin") for i in range(3)])
    ),
    "inside": with_initializer(external("w", [2], location="folder/w.bin", offset="4", length="8")),
}

root = sys.argv[1]
os.makedirs(os.path.join(root, "data", "folder"), exist_ok=True)
for name, contents in files.items():
    with open(os.path.join(root, name + ".onnx"), "wb") as file:
        file.write(contents)


def weights(*path):
    path = os.path.join(root, "data", *path)
    with open(path, "wb") as file:
        file.write(FLOATS * 4)
    return path


weights("w.bin")
weights("folder", "w.bin")
for link, target in ("link.bin", "w.bin"), ("link", "folder"):
    if not os.path.islink(os.path.join(root, "data", link)):
        os.symlink(target, os.path.join(root, "data", link))
if not os.path.exists(os.path.join(root, "data", "hard.bin")):
    os.link(weights("twin.bin"), os.path.join(root, "data", "hard.bin"))
