//===- Passes.td - Passes over the vox dialect ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PASSES_TD
#define VOX_PASSES_TD

include "mlir/Pass/PassBase.td"

def FoldBatchNorm : Pass<"vox-fold-batch-norm", "::mlir::func::FuncOp"> {
  let summary = "Fold batch normalisation into the convolution or dense before it";
  let description = [{
    After training, batch normalisation is an affine function per channel, and
    so is the end of a convolution, transposed or not, or dense layer. Their composition is one
    layer with other constants (Ioffe and Szegedy 2015, section 3.1):

        s = scale / sqrt(variance + epsilon)
        conv(x, W) + b, normalised  =  conv(x, s W) + (s (b - mean) + bias)

    computed in double precision and rounded once.

    Limits: the weights, the bias and the four parameters must be constants,
    and the normalisation must be the layer's only user: another user, or the
    network's output, still needs the values before it. Batch normalisation
    *before* a convolution is not folded.

    ```mlir
    %0 = vox.dense %x, %w : ...
    %1 = vox.batch_norm %0 scale %s bias %b mean %m variance %v epsilon = ...
    // becomes
    %1 = vox.dense %x, %w_folded bias %b_folded : ...
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
}

def FormGroups : Pass<"vox-form-groups", "::mlir::func::FuncOp"> {
  let summary = "Gather ops that will run as one kernel";
  let description = [{
    Each op that computes becomes a `vox.group`. A convolution, dense layer,
    pool or element-wise op (the *anchor*) takes the element-wise ops that
    follow it (its *epilogue*: batch norm, activation, arithmetic with other
    values) as long as each is the only user of the one before and has the
    anchor's result shape. So Conv + BatchNorm + residual Add + activation is
    one kernel, and the intermediate values never reach memory.

    Reshapes and constants stay outside: they compute nothing. An output of the
    network that no group of its own would write (an input, a constant, a view
    of one, or what is an output already) gets a copy, which is a group.

    ```mlir
    %0 = vox.conv %x, %w ...
    %1 = vox.activation #vox.relu %0 : tensor<1x16x8x8xf32>
    // becomes
    %1 = vox.group(%a = %x : ..., %b = %w : ...) -> tensor<1x16x8x8xf32> {
      %2 = vox.conv %a, %b ...
      %3 = vox.activation #vox.relu %2 : tensor<1x16x8x8xf32>
      vox.yield %3 : tensor<1x16x8x8xf32>
    }
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [Option<"fuse", "fuse", "bool", "true",
                        "Give anchors an epilogue; otherwise each op is a "
                        "group of its own">];
}

def AssignLayouts : Pass<"vox-assign-layouts", "::mlir::func::FuncOp"> {
  let summary = "Choose blocked channel layouts";
  let description = [{
    Convolutions read and write one vector of channels at a time, so their
    tensors are stored in blocks of channels (`#vox.layout`). A tensor's block
    depends on its number of channels alone: the vector's width, or the next
    power of two (at least 4) where there are fewer channels, so that two
    tensors that meet in an addition always agree.

    Going through the groups in order, each gets the layouts that its anchor
    wants; where a value arrives in another one, `vox.pack` or `vox.unpack` is
    put between, once per value. Convolutions of at most 4 input channels read
    planar input: the network's input needs no packing. Weights of dense layers
    and of blocked convolutions get a `vox.pack_weights`, which runs as a kernel
    where they are no constants. The network's inputs and outputs are planar, as
    the caller has them.
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [Option<"lanes", "lanes", "int64_t", "16",
                        "float32 elements per vector of the target">];
}

def JoinConcats : Pass<"vox-join-concats", "::mlir::func::FuncOp"> {
  let summary = "Let kernels write into the concatenation of their results";
  let description = [{
    A group that does nothing but concatenate becomes a `vox.join` where its
    inputs lie one after the other in memory (every dimension before the axis
    has extent 1): their kernels then write at their places in the result, and
    nothing is copied. An input that has no place of its own to give up (an
    input, constant, view or output of the network, or a part of another
    concatenation) is copied into its place by a group of its own; where that
    would be all of them, the group stays.

    ```mlir
    %2 = vox.group(%a = %0 : ..., %b = %1 : ...) -> ... {
      %3 = vox.concat %a, %b axis = 1 : ...
      vox.yield %3 : ...
    }
    // becomes
    %2 = vox.join %0, %1 axis = 1 : ...
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
}

def AssignSchedules : Pass<"vox-assign-schedules", "::mlir::func::FuncOp"> {
  let summary = "Choose how each group's loops run";
  let description = [{
    Writes a `#vox.schedule` on each group that has none: the template by the
    anchor and its layouts, then register tile and parallel loop by extents and
    by the target's registers. See docs/Scheduling.md for the reasons behind
    each figure.
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [
    Option<"lanes", "lanes", "int64_t", "16",
           "float32 elements per vector of the target">,
    Option<"registers", "registers", "int64_t", "32",
           "Vector registers of the target">,
    Option<"plain", "plain", "bool", "false",
           "Give every group the plain schedule (-O0)">];
}

def OutlineKernels : Pass<"vox-outline-kernels", "::mlir::ModuleOp"> {
  let summary = "Take groups out of line, equal ones once";
  let description = [{
    Each group becomes a launch of a `vox.kernel`; groups with equal bodies,
    types and schedules share one. A kernel's name is made from its anchor and
    a hash of its text, so the same kernel has the same name in every network:
    that is what lets compiled kernels be cached.
  }];
  let dependentDialects = ["::vox::VoxDialect"];
}

def PlanMemory : Pass<"vox-plan-memory", "::mlir::func::FuncOp"> {
  let summary = "Give each intermediate value a place in one arena";
  let description = [{
    A value lives from its launch to its last reader. Values whose lives overlap
    get disjoint byte ranges of one arena; the largest are placed first, each at
    the lowest free offset ("greedy by size" of Pisarchyk and Lee 2020). A
    value that is an output of the network is written where the caller wants it
    and takes no room. Reshapes are views and share their source's place; the
    inputs of a `vox.join` lie one after the other and are placed together.

    The function gets `vox.arena_size`, each launch `offset` or `output`, each
    join `offset`. Each
    output must have a launch of its own that writes it; `vox-form-groups` sees
    to that.
  }];
  let dependentDialects = ["::vox::VoxDialect"];
}

#endif // VOX_PASSES_TD
