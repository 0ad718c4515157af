//===- Passes.td - Passes over the vox dialect ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_PASSES_TD
#define VOX_PASSES_TD

include "mlir/Pass/PassBase.td"

def RecognizeActivations
    : Pass<"vox-recognize-activations", "::mlir::func::FuncOp"> {
  let summary = "Find activations that were written as several ops";
  let description = [{
    Frameworks export many activations as the operators of their formulas, each
    in its own way. What lies between a value and another one that is computed
    from it is brought into a normal form, a sum of products, in which the order
    and association of operands and the splitting of constants make no
    difference, and compared with the known formulas of all activations, of
    softmax and of log-softmax.

    It is exact or it does not happen: numbers must be those of the formula
    within 2^-22 of their size (two units in the last place of a float), the
    input must be one value throughout, and no value between may have another
    user or be an output of the network. Remarks name what was recognized, and
    for what only looks like an activation the reason.

    Limits: the formulas are those of real numbers. Where an input is infinite
    or NaN, or where a formula overflows although the function does not, the
    result is the activation's, as its ONNX operator defines it: NaN for NaN,
    where `where(x > 0, x, 0)` would give 0; 1 for `e^x / (1 + e^x)` at 100.
    The sign of a zero is the activation's. One dimension of softmax, with
    reductions that keep it.

    ```mlir
    %0 = vox.activation #vox.sigmoid %x : tensor<8xf32>
    %1 = vox.mul %x, %0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
    // becomes
    %1 = vox.activation #vox.swish<> %x : tensor<8xf32>
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
}

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

def ReplaceActivations
    : Pass<"vox-replace-activations", "::mlir::func::FuncOp"> {
  let summary = "Replace activations by others, as a policy says";
  let description = [{
    Applies a policy: rules such as `relu=leaky_relu(0.01)`, each from a kind
    of activation, with or without parameters, to an activation, for all layers
    or for those that fit its conditions: their names, their role, their
    position, or figures measured on samples. The grammar stands in
    ActivationPolicy.h. Nothing happens without a policy.

    What a replacement changes is found by comparing the two functions over the
    real numbers: *exact* where they are the same, *approximate* where they are
    within 1e-3 everywhere, else *semantic*: another network. `tolerance` keeps
    those that are further apart.

    Limits: softmax is no function of single elements and stays. `prelu` and
    `learned_swish` get a parameter with one element per channel, or per neuron
    after a dense layer, all of them equal; where that is one element, PReLU
    becomes a Leaky ReLU when the network is simplified. A rule that fits no
    layer, and two rules that give one layer different activations, are errors,
    and then nothing has been changed. It stands before batch norms are folded,
    so that they can be fitted to the new activations.

    ```mlir
    // policy="relu[role=hidden]=leaky_relu(0.125)"
    %1 = vox.activation #vox.relu %0 {layer = "r1"} : tensor<1x8x4x4xf32>
    // becomes
    %1 = vox.activation #vox.leaky_relu<alpha = 1.250000e-01> %0 {layer = "r1"}
        : tensor<1x8x4x4xf32>
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [
    Option<"policy", "policy", "std::string", "",
           "What to replace by what, under which conditions">,
    Option<"statistics", "statistics", "std::string", "",
           "The JSON file of measured figures, as vox-run --monitor writes it">,
    Option<"tolerance", "tolerance", "double", "::vox::kInfinity",
           "Greatest difference between the two functions">];
}

def SimplifyByRange : Pass<"vox-simplify-by-range", "::mlir::func::FuncOp"> {
  let summary = "Remove clamps that clamp nothing";
  let description = [{
    Goes through the network once, with an interval for each value or for each
    of its channels (interval arithmetic, Moore 1966, moved outward by what
    float32 may round), and uses what it knows:

    - `ReluOfNonNegative`, `ClipContainsRange`, `RectifierOfNonNegative` (leaky
      ReLU, PReLU, ELU, CELU, thresholded ReLU), `AbsOfNonNegative`: the input
      lies where the function is the identity, so the op is removed;
    - `ClipLosesBound`: a clip loses a bound that its input keeps anyway;
    - `ClampsMerged`: two clamps, the first for the second only, become one;
    - `ExtremumDecided`: a maximum or minimum whose winner is known is the
      winner;
    - `ConstantActivation`: an activation that has one value only is a constant.

    Limits: what is known holds for finite inputs and as long as nothing
    overflows (a NaN goes through a clamp as it goes past it). Results are equal
    up to the sign of zero. Bounds that come of adding up the terms of a
    convolution or dense layer hold for algorithms that do add them up; a clamp
    that leads to an output of the network is kept where they alone speak
    against it. `docs/Ranges.md` has the rules of the intervals.

    ```mlir
    %0 = vox.activation #vox.sigmoid %x : tensor<1x8x4x4xf32>
    %1 = vox.activation #vox.relu %0 : tensor<1x8x4x4xf32>
    // becomes
    %0 = vox.activation #vox.sigmoid %x : tensor<1x8x4x4xf32>
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [ListOption<"inputRanges", "input-ranges", "std::string",
                            "NAME:LO:HI: elements of input NAME are promised "
                            "to lie between LO and HI">];
}

def PruneChannels : Pass<"vox-prune-channels", "::mlir::func::FuncOp"> {
  let summary = "Take out channels that are always zero";
  let description = [{
    A channel is zero where a batch norm has scale 0 and no bias, where weights
    and bias are zero, or where a ReLU follows what can't be positive (a bias
    below zero, with a scale of 0 or weights and inputs of opposite signs). The
    intervals are those of `vox-simplify-by-range`.

    From each convolution, transposed convolution or dense layer the pass
    follows the result through ops that keep channels apart (batch norm,
    activations, arithmetic with constants, pools, resizes, pads, reshapes, ...)
    to the layers that read it. Channels that are zero for all of them go: with
    their rows of the first layer's weights and bias, their elements of
    parameters on the way, and their columns of the readers' weights.

    Limits: nothing happens where the result also goes into a concatenation, an
    addition of two computed values, a grouped convolution or an output of the
    network, or where weights are not constant. One channel stays. As with
    `vox-simplify-by-range`, inputs must be finite and nothing may overflow. No
    term but zeros is left out of any sum; kernels may add the others in another
    order.

    ```mlir
    // The second row of %w and the second element of %b are zero.
    %0 = vox.conv %x, %w bias %b ... -> tensor<1x2x8x8xf32>
    %1 = vox.conv %0, %v ... : (tensor<1x2x8x8xf32>, tensor<4x2x1x1xf32>) -> ...
    // becomes
    %0 = vox.conv %x, %w_pruned bias %b_pruned ... -> tensor<1x1x8x8xf32>
    %1 = vox.conv %0, %v_pruned ...
        : (tensor<1x1x8x8xf32>, tensor<4x1x1x1xf32>) -> ...
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [ListOption<"inputRanges", "input-ranges", "std::string",
                            "As of vox-simplify-by-range">];
}

def MonitorActivations
    : Pass<"vox-monitor-activations", "::mlir::func::FuncOp"> {
  let summary = "Let activations tell what their units do";
  let description = [{
    Adds a `vox.activation_statistics` behind every `vox.activation` but the
    identity and those of constants, and returns it as a further output of the
    network, named `activation_statistics:FUNCTION:COUNT:LAYER`: the function as
    policies write it, the elements of each unit, the ONNX node. A name that two
    layers have gets a number: `relu#2`.

    Units are the channels, dimension 1, or, where a dense layer made the
    values, its neurons, the last dimension. An element counts as saturated
    within 1 % of a bound: of the distance between two finite bounds, or of the
    one finite bound. A rectifier's bound 0 (relu, relu6) is none: zeros are
    counted by themselves.

    Fusion stays as it is up to the activation; what followed it in one kernel
    becomes a kernel of its own. The output `vox.name` is all that `vox-run
    --monitor` needs to know.

    ```mlir
    %1 = vox.activation #vox.sigmoid %0 {layer = "gate"} : tensor<1x8x4x4xf32>
    // gets
    %2 = vox.activation_statistics %1 axis = 1 low = 1.0e-2 high = 9.9e-1
        samples = 16 {layer = "gate"} : tensor<1x8x4x4xf32> -> tensor<8x23xf32>
    // and the output {vox.name = "activation_statistics:sigmoid:16:gate"}
    ```
  }];
  let dependentDialects = ["::vox::VoxDialect"];
  let options = [Option<"samples", "samples", "int64_t", "16",
                        "Elements of each unit to keep for histograms">];
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

def ResolveExtents : Pass<"vox-resolve-extents", "::mlir::func::FuncOp"> {
  let summary = "Tell groups which of their extents are open";
  let description = [{
    In a network with `vox.open`, writes `open` and `sizes` on each group that
    reads values of open extents: the group's own sizes are the different
    extents of its inputs, so that layers of one shape still share a kernel.
    An op through which extents can't be followed, or whose kernel needs them
    fixed, is an error that names it.

    ```mlir
    // in a network of vox.open = #vox.open<least = [8], ...>
    %1 = vox.group(%a = %0 : tensor<1x16x32x4x4xf32>) -> ... { ... }
    // becomes, behind a pool that halves s0:
    %1 = vox.group(%a = %0 : tensor<1x16x32x4x4xf32>) -> ... { ... }
        open <least = [4], greatest = [32],
              inputs = [()[s0] -> (1, 16, s0, 4, 4)]>
        sizes affine_map<()[s0] -> (s0 floordiv 2)>
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
    each figure. Where extents are open, tiles fit into the least ones.
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
