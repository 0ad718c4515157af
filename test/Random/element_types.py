#===- element_types.py - Which element types ops take and give -------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""The rules of element types, written from the ONNX operator pages as far as the
generator draws ops on other types than float."""

from __future__ import annotations

from typing import Dict

from node import Invalid, Node

#: Element types by ONNX's numbers.
TYPES = {1: "float", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
         9: "bool"}
#: Ops whose results are truth values.
RELATIONS = ("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual")
#: Ops on truth values.
LOGIC = ("And", "Not", "Or", "Xor")
#: Ops that take elements of any type and leave them alone. The tables and rules
#: below name what else takes other types than float.
MOVES = ("CenterCropPad", "Concat", "DepthToSpace", "Expand", "Flatten", "Gather",
         "GatherElements", "GatherND", "Identity", "Pad", "Reshape", "Resize", "Scatter", "ScatterElements", "ScatterND", "Slice",
         "SpaceToDepth", "Split", "Squeeze", "Tile", "Transpose", "Trilu", "Unsqueeze", "Upsample")
#: Ops whose operands have one type.
ALIKE = ("Add", "Concat", "Div", "Max", "Min", "Mod", "Mul", "Range", "Sub") + RELATIONS
#: Ops that compute with integers, too.
ON_NUMBERS = tuple(op for op in ALIKE if op != "Concat") + (
    "Abs", "ArgMax", "ArgMin", "Neg", "ReduceMax", "ReduceMin", "ReduceSum", "Relu", "Sign")
#: Ops whose results are positions or extents, whatever the operands are.
COUNTS = ("Shape", "Size")
WINDOWS = ("BlackmanWindow", "HammingWindow", "HannWindow")


def type_of(node: Node, types: Dict[str, str]) -> str:
    """The element type of the node's output; raises Invalid for operands of
    types that the op does not take."""
    op, kind = node.op, types[node.inputs[0]]
    if op == "Cast":
        return TYPES[node.attributes["to"]]
    if op == "CastLike":
        return types[node.inputs[1]]
    if op == "Where":
        if kind != "bool" or types[node.inputs[1]] != types[node.inputs[2]]:
            raise Invalid("Where's types")
        return types[node.inputs[1]]
    if op == "OneHot":
        return types[node.inputs[2]]
    if op == "ConstantOfShape":
        return node.attributes["value"].type if "value" in node.attributes else "float"
    if op == "EyeLike":
        return TYPES[node.attributes["dtype"]] if "dtype" in node.attributes else kind
    if op in WINDOWS:
        return "float"
    if op.startswith("Scatter") and types[node.inputs[2]] != kind:
        raise Invalid(f"{op} of several types")
    if op in COUNTS or op in ("MaxPool", "TopK") and node.slot == 1:
        return "int64"
    _check(node, kind)
    if op in ALIKE + LOGIC and any(types[i] != kind for i in node.inputs):
        raise Invalid(f"{op} of several types")
    if op in RELATIONS or op in ("IsInf", "IsNaN"):
        return "bool"
    return "int64" if op in ("ArgMax", "ArgMin") else kind


def _check(node: Node, kind: str) -> None:
    """Raises Invalid where the op does not take elements of that kind."""
    if kind == "float":
        fits = node.op not in LOGIC
    elif node.op in MOVES:
        fits = node.attributes.get("mode") not in ("linear", "cubic")
    else:
        fits = node.op in (LOGIC if kind == "bool" else ON_NUMBERS)
    if not fits:
        raise Invalid(f"{node.op} of {kind}")
