//===- VoxEnums.td - Enumerations of the vox dialect ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ENUMS_TD
#define VOX_ENUMS_TD

include "vox/Dialect/Vox/IR/VoxBase.td"
include "mlir/IR/EnumAttr.td"

class Vox_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::vox";
  let genSpecializedAttr = 0;
}

def Vox_PoolKind : Vox_Enum<"PoolKind", "What a pool computes over a window", [
  I32EnumAttrCase<"Max", 0, "max">,
  I32EnumAttrCase<"Average", 1, "average">
]>;
def Vox_PoolKindAttr : EnumAttr<Vox_Dialect, Vox_PoolKind, "pool_kind"> {
  let assemblyFormat = "$value";
}

def Vox_ResizeKind : Vox_Enum<"ResizeKind", "How a resize reads between elements", [
  I32EnumAttrCase<"Nearest", 0, "nearest">,
  I32EnumAttrCase<"Linear", 1, "linear">
]>;
def Vox_ResizeKindAttr : EnumAttr<Vox_Dialect, Vox_ResizeKind, "resize_kind"> {
  let assemblyFormat = "$value";
}

def Vox_UnaryKind : Vox_Enum<"UnaryKind", "What vox.unary computes", [
  I32EnumAttrCase<"Abs", 0, "abs">,
  I32EnumAttrCase<"Neg", 1, "neg">,
  I32EnumAttrCase<"Exp", 2, "exp">,
  I32EnumAttrCase<"Log", 3, "log">,
  I32EnumAttrCase<"Sqrt", 4, "sqrt">,
  I32EnumAttrCase<"Reciprocal", 5, "reciprocal">,
  I32EnumAttrCase<"Erf", 6, "erf">,
  I32EnumAttrCase<"Floor", 7, "floor">,
  I32EnumAttrCase<"Ceil", 8, "ceil">,
  I32EnumAttrCase<"Round", 9, "round">,
  I32EnumAttrCase<"Sign", 10, "sign">,
  I32EnumAttrCase<"Sin", 11, "sin">,
  I32EnumAttrCase<"Cos", 12, "cos">,
  I32EnumAttrCase<"Tan", 13, "tan">,
  I32EnumAttrCase<"Asin", 14, "asin">,
  I32EnumAttrCase<"Acos", 15, "acos">,
  I32EnumAttrCase<"Atan", 16, "atan">,
  I32EnumAttrCase<"Sinh", 17, "sinh">,
  I32EnumAttrCase<"Cosh", 18, "cosh">,
  I32EnumAttrCase<"Asinh", 19, "asinh">,
  I32EnumAttrCase<"Acosh", 20, "acosh">,
  I32EnumAttrCase<"Atanh", 21, "atanh">
]>;
def Vox_UnaryKindAttr : EnumAttr<Vox_Dialect, Vox_UnaryKind, "unary_kind"> {
  let assemblyFormat = "$value";
}

def Vox_Relation : Vox_Enum<"Relation", "A relation between two numbers", [
  I32EnumAttrCase<"Equal", 0, "equal">,
  I32EnumAttrCase<"Less", 1, "less">,
  I32EnumAttrCase<"LessOrEqual", 2, "less_or_equal">,
  I32EnumAttrCase<"Greater", 3, "greater">,
  I32EnumAttrCase<"GreaterOrEqual", 4, "greater_or_equal">
]>;
def Vox_RelationAttr : EnumAttr<Vox_Dialect, Vox_Relation, "relation"> {
  let assemblyFormat = "$value";
}

def Vox_ReduceKind : Vox_Enum<"ReduceKind", "What a reduction computes", [
  I32EnumAttrCase<"Sum", 0, "sum">,
  I32EnumAttrCase<"Mean", 1, "mean">,
  I32EnumAttrCase<"Max", 2, "max">,
  I32EnumAttrCase<"Min", 3, "min">,
  I32EnumAttrCase<"Prod", 4, "prod">
]>;
def Vox_ReduceKindAttr : EnumAttr<Vox_Dialect, Vox_ReduceKind, "reduce_kind"> {
  let assemblyFormat = "$value";
}

/// ONNX's modes of Pad.
def Vox_PadMode : Vox_Enum<"PadMode", "What elements a pad adds", [
  I32EnumAttrCase<"Constant", 0, "constant">,
  I32EnumAttrCase<"Edge", 1, "edge">,
  I32EnumAttrCase<"Reflect", 2, "reflect">,
  I32EnumAttrCase<"Wrap", 3, "wrap">
]>;
def Vox_PadModeAttr : EnumAttr<Vox_Dialect, Vox_PadMode, "pad_mode"> {
  let assemblyFormat = "$value";
}

def Vox_ScatterKind : Vox_Enum<"ScatterKind",
    "What a scatter makes of an element and its update", [
  I32EnumAttrCase<"Assign", 0, "assign">,
  I32EnumAttrCase<"Add", 1, "add">,
  I32EnumAttrCase<"Mul", 2, "mul">,
  I32EnumAttrCase<"Max", 3, "max">,
  I32EnumAttrCase<"Min", 4, "min">
]>;
def Vox_ScatterKindAttr : EnumAttr<Vox_Dialect, Vox_ScatterKind, "scatter_kind"> {
  let assemblyFormat = "$value";
}

/// ONNX's coordinate_transformation_mode.
def Vox_Coordinates : Vox_Enum<"Coordinates",
    "Which input position a position of a resize's result stands for", [
  I32EnumAttrCase<"HalfPixel", 0, "half_pixel">,
  I32EnumAttrCase<"PytorchHalfPixel", 1, "pytorch_half_pixel">,
  I32EnumAttrCase<"AlignCorners", 2, "align_corners">,
  I32EnumAttrCase<"Asymmetric", 3, "asymmetric">
]>;
def Vox_CoordinatesAttr
    : EnumAttr<Vox_Dialect, Vox_Coordinates, "coordinates"> {
  let assemblyFormat = "$value";
}

/// ONNX's nearest_mode.
def Vox_NearestRounding : Vox_Enum<"NearestRounding",
    "Which of two neighbours a nearest resize takes", [
  I32EnumAttrCase<"RoundPreferFloor", 0, "round_prefer_floor">,
  I32EnumAttrCase<"RoundPreferCeil", 1, "round_prefer_ceil">,
  I32EnumAttrCase<"Floor", 2, "floor">,
  I32EnumAttrCase<"Ceil", 3, "ceil">
]>;
def Vox_NearestRoundingAttr
    : EnumAttr<Vox_Dialect, Vox_NearestRounding, "nearest_rounding"> {
  let assemblyFormat = "$value";
}

/// One case per function scheduleX of lib/Codegen/Halide/Kernel.h.
def Vox_Algorithm : Vox_Enum<"Algorithm", "How a kernel's loops are built", [
  I32EnumAttrCase<"Plain", 0, "plain">,
  I32EnumAttrCase<"Direct", 1, "direct">,
  I32EnumAttrCase<"FewChannels", 2, "few_channels">,
  I32EnumAttrCase<"Depthwise", 3, "depthwise">,
  I32EnumAttrCase<"Planar", 4, "planar">,
  I32EnumAttrCase<"Window", 5, "window">,
  I32EnumAttrCase<"Dense", 6, "dense">,
  I32EnumAttrCase<"Reduction", 7, "reduction">,
  I32EnumAttrCase<"ElementWise", 8, "element_wise">,
  I32EnumAttrCase<"Transposed", 9, "transposed">
]>;

/// Which loops of a kernel become parallel tasks.
def Vox_ParallelAxis : Vox_Enum<"ParallelAxis", "What is divided among threads", [
  I32EnumAttrCase<"None", 0, "none">,
  I32EnumAttrCase<"Rows", 1, "rows">,
  I32EnumAttrCase<"Channels", 2, "channels">
]>;

#endif // VOX_ENUMS_TD
