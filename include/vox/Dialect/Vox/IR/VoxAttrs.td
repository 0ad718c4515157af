//===- VoxAttrs.td - Layouts, schedules and open extents as attributes ----===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ATTRS_TD
#define VOX_ATTRS_TD

include "vox/Dialect/Vox/IR/VoxBase.td"
include "vox/Dialect/Vox/IR/VoxEnums.td"
include "mlir/IR/TensorEncoding.td"

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

//===----------------------------------------------------------------------===//
// Open extents
//===----------------------------------------------------------------------===//

def Vox_OpenSizes : Vox_Attr<"OpenSizes", "open"> {
  let summary = "Extents that are decided when a network runs";
  let description = [{
    A network of open extents is compiled at its greatest shape: types tell the
    greatest extents, and this attribute which of them may be less in a run. It
    is `vox.open` on the network's function and `open` on groups and kernels.

    The extents follow from *sizes* s0, s1, ..., each between its entries of
    `least` and `greatest`. `inputs` has a map for each argument, from the sizes
    to its extents; those of all other values follow by the ops' rules
    (OpenExtents.h). A group or kernel has sizes of its own; a map `sizes`
    beside the group, or at the launch, computes them of the network's.

    Example, a volume of 8 to 64 slices whose batch is fixed:
    `#vox.open<least = [8], greatest = [64], inputs = [()[s0] -> (1, 1, s0, 32,
    32)]>`.
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$least,
                        ArrayRefParameter<"int64_t">:$greatest,
                        ArrayRefParameter<"::mlir::AffineMap">:$inputs);
  let assemblyFormat = [{
    `<` `least` `=` `[` $least `]` `,` `greatest` `=` `[` $greatest `]` `,`
    `inputs` `=` `[` $inputs `]` `>`
  }];
  let genVerifyDecl = 1;
}

#endif // VOX_ATTRS_TD
