//===- Kernel.td - Groups, kernels, launches and layout changes -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_KERNEL_TD
#define VOX_KERNEL_TD

include "vox/Dialect/Vox/IR/VoxAttrs.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"

def Vox_YieldOp : Vox_Op<"yield", [
    Pure, Terminator, ParentOneOf<["GroupOp", "KernelOp"]>]> {
  let summary = "The result of a group or kernel";
  let arguments = (ins Vox_AnyTensor:$value);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Vox_GroupOp : Vox_Op<"group", [
    IsolatedFromAbove, RecursiveMemoryEffects, SingleBlock]> {
  let summary = "Ops fused into one kernel";
  let description = [{
    One *anchor* (convolution, pool, dense, ...) with the element-wise ops that
    are computed while its results are still in registers. `schedule` is absent
    until `vox-assign-schedules` has chosen one. `open` is there where extents
    of the inputs are open, and `sizes` then computes the group's sizes of the
    network's; both are absent until `vox-resolve-extents`.

    ```mlir
    %y = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
      %0 = vox.activation #vox.relu %a : tensor<8xf32>
      vox.yield %0 : tensor<8xf32>
    } schedule <algorithm = element_wise, lanes = 16>
    ```
  }];
  let arguments = (ins Variadic<Vox_AnyTensor>:$inputs,
                       OptionalAttr<Vox_OpenSizes>:$open,
                       OptionalAttr<AffineMapAttr>:$sizes,
                       OptionalAttr<Vox_Schedule>:$schedule);
  let results = (outs Vox_AnyTensor:$result);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    custom<GroupBody>($inputs, type($inputs), type($result), $body)
    (`open` $open^ `sizes` $sizes)? (`schedule` $schedule^)? attr-dict
  }];
  let builders = [
    /// A group without a schedule, all of whose extents are fixed so far.
    OpBuilder<(ins "::mlir::Type":$result, "::mlir::ValueRange":$inputs)>
  ];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The op that decides the loop nest: the first one.
    ::mlir::Operation *getAnchor() { return &getBody().front().front(); }
    ::vox::YieldOp getYield();
  }];
}

def Vox_KernelOp : Vox_Op<"kernel", [IsolatedFromAbove, Symbol, SingleBlock]> {
  let summary = "A group taken out of line, compiled once for equal groups";
  let description = [{
    What a group is, but for the network's values. Code generated for a kernel
    with `open` takes the sizes as numbers.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<Vox_OpenSizes>:$open,
                       Vox_Schedule:$schedule);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name custom<KernelBody>($body) (`open` $open^)?
    `schedule` $schedule attr-dict
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Operation *getAnchor() { return &getBody().front().front(); }
    ::vox::YieldOp getYield();
  }];
}

def Vox_LaunchOp : Vox_Op<"launch", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[]>]> {
  let summary = "One run of a kernel";
  let description = [{
    `offset` is where the result lies in the arena, in bytes. A launch that
    writes an output of the network has `output`, the output's number, instead.
    Both are absent until `vox-plan-memory`.

    `sizes` maps the network's open sizes to those of a kernel that has some.
  }];
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Vox_AnyTensor>:$inputs,
                       OptionalAttr<AffineMapAttr>:$sizes,
                       OptionalAttr<Vox_Int>:$offset,
                       OptionalAttr<Vox_Int>:$output,
                       Vox_LayerName:$layer);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $kernel `(` $inputs `)` (`sizes` $sizes^)? attr-dict `:`
    functional-type(operands, results)
  }];
}

def Vox_PackOp : Vox_Op<"pack", [Pure]> {
  let summary = "Into a blocked layout, or a copy where layouts are equal";
  let arguments = (ins Vox_AnyTensor:$input);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def Vox_UnpackOp : Vox_Op<"unpack", [Pure]> {
  let summary = "Out of a blocked layout";
  let arguments = (ins Vox_AnyTensor:$input);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def Vox_JoinOp : Vox_Op<"join", [Pure]> {
  let summary = "Concatenation without a copy";
  let description = [{
    What `vox.concat` computes, where the inputs lie one after the other in
    memory: every dimension before `axis` has extent 1 and, along blocked
    channels, each input is whole blocks. `vox-plan-memory` gives each input,
    the result of a launch of its own, its place inside the result's.

    `offset` is where the result lies in the arena, in bytes; it is absent until
    `vox-plan-memory`.
  }];
  let arguments = (ins Variadic<Vox_AnyTensor>:$inputs, Vox_Int:$axis,
                       OptionalAttr<Vox_Int>:$offset);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = [{
    $inputs `axis` `=` $axis attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def Vox_PackWeightsOp : Vox_Op<"pack_weights", [Pure]> {
  let summary = "Weights in the order in which a kernel reads them";
  let description = [{
    Of constants it stays symbolic in the IR and is evaluated when the product
    is written; of other weights it is the anchor of a kernel.
  }];
  let arguments = (ins Vox_AnyTensor:$weights);
  let results = (outs Vox_AnyTensor:$result);
  let assemblyFormat = "$weights attr-dict `:` type($weights) `->` type($result)";
  let hasVerifier = 1;
}

#endif // VOX_KERNEL_TD
