//===- VoxAttrs.td - Activations, layouts and schedules as attributes -----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ATTRS_TD
#define VOX_ATTRS_TD

include "vox/Dialect/Vox/IR/ActivationInterface.td"
include "vox/Dialect/Vox/IR/VoxBase.td"
include "vox/Dialect/Vox/IR/VoxEnums.td"
include "mlir/IR/TensorEncoding.td"

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

/// A real parameter, stored as a float64 and compared bit by bit, so that NaN
/// and the sign of zero survive uniquing.
class Vox_F64<string default, string meaning>
    : DefaultValuedParameter<"::llvm::APFloat",
                             "::llvm::APFloat(" # default # ")", meaning> {
  let comparator = "$_lhs.bitwiseIsEqual($_rhs)";
  let parser = "::vox::parseF64($_parser)";
  let printer = "$_printer.printFloat($_self)";
}

class Vox_Activation<string name, string mnemonic, string formula,
                     dag params = (ins), list<string> methods = []>
    : Vox_Attr<name, mnemonic,
               [DeclareAttrInterfaceMethods<
                   Vox_ActivationInterface,
                   !listconcat(["evaluate", "lowerBound", "upperBound"],
                               methods)>]> {
  let summary = formula;
  let parameters = params;
  let assemblyFormat = !if(!empty(params), "", "(`<` struct(params)^ `>`)?");
}

def Vox_Identity : Vox_Activation<"Identity", "identity", "`x`">;
def Vox_Relu : Vox_Activation<"Relu", "relu", "`max(x, 0)`">;
def Vox_LeakyRelu
    : Vox_Activation<"LeakyRelu", "leaky_relu", "`x >= 0 ? x : alpha x`",
                     (ins Vox_F64<"0.01", "slope of the negative side">:$alpha)> {
  let description = [{
    Example: `#vox.leaky_relu<alpha = 2.000000e-01>`.
  }];
  let genVerifyDecl = 1;
}
def Vox_PRelu
    : Vox_Activation<"PRelu", "prelu", "`x >= 0 ? x : parameter x`",
                     (ins), ["takesParameter"]> {
  let description = [{
    The slope of the negative side is learned: the op's `parameter` operand.
  }];
}
def Vox_Sigmoid : Vox_Activation<"Sigmoid", "sigmoid", "`1 / (1 + e^-x)`">;
def Vox_Tanh
    : Vox_Activation<"Tanh", "tanh", "`(e^x - e^-x) / (e^x + e^-x)`">;
def Vox_Clip
    : Vox_Activation<
          "Clip", "clip", "`min(max(x, min), max)`",
          (ins Vox_F64<"-std::numeric_limits<double>::infinity()",
                       "least result">:$min,
               Vox_F64<"std::numeric_limits<double>::infinity()",
                       "greatest result">:$max)> {
  let description = [{
    As in ONNX, the result is `max` where `min` exceeds `max`. ReLU6 is
    `#vox.clip<min = 0.000000e+00, max = 6.000000e+00>`.
  }];
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Layouts (tensor encodings)
//===----------------------------------------------------------------------===//

def Vox_Layout : Vox_Attr<"Layout", "layout", [
    DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "A tensor whose channels are stored in blocks";
  let description = [{
    The tensor `[N, C, spatial...]` lies in memory as
    `[N, ceil(C / block), spatial..., block]`. Lanes past the last channel hold
    zeros; every kernel that writes the layout keeps them so, which lets a
    reader multiply whole blocks.

    A tensor without an encoding is *planar*: dense, row-major, last dimension
    innermost, as ONNX has it.

    Example: `tensor<1x64x16x56x56xf32, #vox.layout<block = 16>>`.
  }];
  let parameters = (ins "int64_t":$block);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def Vox_WeightLayout : Vox_Attr<"WeightLayout", "weight_layout", [
    DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "Weights stored in blocks of input and output channels";
  let description = [{
    Weights `[Co, Ci, kernel...]` lie in memory as
    `[ceil(Co / output_block), ceil(Ci / input_block), kernel...,
    input_block, output_block]`, missing channels being zeros. The innermost
    dimension is one vector of output channels, so that a kernel reads weights
    strictly forward. Dense weights `[N, K]` have no kernel dimensions and
    `input_block` 1.
  }];
  let parameters = (ins "int64_t":$input_block, "int64_t":$output_block);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

//===----------------------------------------------------------------------===//
// Schedules
//===----------------------------------------------------------------------===//

def Vox_Schedule : Vox_Attr<"Schedule", "schedule"> {
  let summary = "How a kernel runs";
  let description = [{
    Data that `vox-assign-schedules` (or a tuning record) chooses and
    lib/Codegen/Halide/Schedule obeys. A schedule never changes a result beyond
    the rounding that its algorithm states.

    - `algorithm`: the template.
    - `lanes`: elements per vector; 1 is scalar code.
    - `columns`: innermost positions held in registers together.
    - `vectors`: vectors of output channels held in registers together.
    - `rows`: rows (second innermost spatial positions) in one parallel task.
    - `parallel`: what is divided among threads.
  }];
  let parameters = (ins
    EnumParameter<Vox_Algorithm>:$algorithm,
    DefaultValuedParameter<"int64_t", "1">:$lanes,
    DefaultValuedParameter<"int64_t", "1">:$columns,
    DefaultValuedParameter<"int64_t", "1">:$vectors,
    DefaultValuedParameter<"int64_t", "1">:$rows,
    DefaultValuedParameter<"::vox::ParallelAxis", "::vox::ParallelAxis::None">:
        $parallel);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // VOX_ATTRS_TD
