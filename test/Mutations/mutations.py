#===- mutations.py - Wrong rewrites that the suite must notice -------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Mistakes that graph compilers have made, each as an edit of our sources. They
were listed before it was looked which tests would notice."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Mutation:
    name: str
    #: The mistake, as a bug report would say it.
    bug: str
    file: str
    #: A text that `file` has once, and what replaces it.
    old: str
    new: str
    #: The tests that may notice, as a regular expression.
    tests: str


TRANSFORMS = "lib/Dialect/Vox/Transforms/"
FRONTEND = "lib/Frontend/ONNX/"
ALGORITHM = "lib/Codegen/Halide/Algorithm/"

FOLD = "fold-batch-norm|Numeric|Networks|Random"
IMPORT = "Frontend|Numeric|Networks"
KERNELS = "Numeric|Networks|Random"

MUTATIONS = [
    #===--------------------------------------------------------------------===#
    # Batch normalisation
    #===--------------------------------------------------------------------===#
    Mutation("epsilon-dropped", "folded batch norm ignores epsilon",
             TRANSFORMS + "FoldBatchNorm.cpp",
             "std::sqrt(double((*variance)[c]) + epsilon)",
             "std::sqrt(double((*variance)[c]) + 0 * epsilon)", FOLD),
    Mutation("multi-use-folded", "a convolution with other users is folded into",
             TRANSFORMS + "FoldBatchNorm.cpp", "if (!layer->hasOneUse())",
             "if (layer->use_empty())", FOLD),
    Mutation("negative-gamma", "the sign of gamma is lost",
             TRANSFORMS + "FoldBatchNorm.cpp", "double scale = affine->scale[c];",
             "double scale = std::fabs(affine->scale[c]);", FOLD),
    Mutation("bias-lost", "the convolution's own bias is dropped",
             TRANSFORMS + "FoldBatchNorm.cpp", "oldBias = *values;",
             "(void)values;", FOLD),
    Mutation("dense-rank", "batch norm over dimension 1 folded into the last one of a dense layer",
             TRANSFORMS + "FoldBatchNorm.cpp",
             "if (dense.getType().getRank() != 2)", "if (dense.getType().getRank() < 2)", FOLD),
    Mutation("training-mode", "batch norm in training mode taken as inference",
             FRONTEND + "Norm.cpp", 'node.getInt("training_mode", 0) != 0',
             'node.getInt("training_mode", 0) > 1', IMPORT),
    #===--------------------------------------------------------------------===#
    # Fusion
    #===--------------------------------------------------------------------===#
    Mutation("shared-value-fused", "a value with several users is fused and lost to the others",
             TRANSFORMS + "FormGroups.cpp", "    if (!onlyUser) {",
             "    if (!onlyUser && value.use_empty()) {", "form-groups|" + KERNELS),
    Mutation("output-swallowed", "an output that is an output already gets no copy",
             TRANSFORMS + "FormGroups.cpp",
             "if (producer && !isa<ConstantOp>(producer) &&\n          written.insert(source).second)",
             "if (producer && !isa<ConstantOp>(producer))", "form-groups|Products|Tools|" + KERNELS),
    Mutation("broadcast-fused", "an op whose result is broadcast is fused as if it were not",
             TRANSFORMS + "FormGroups.cpp", "if (shape(next) != shape(anchor)) {",
             "if (shape(next).size() != shape(anchor).size()) {", "form-groups|" + KERNELS),
    Mutation("lanes-not-zeroed", "lanes past the last channel hold f(0)",
             "lib/Codegen/Halide/Emit.cpp",
             "if (at.width > 1 && channels % at.width != 0)\n    value = select",
             "if (at.width > 1 && channels < 0)\n    value = select", KERNELS),
    #===--------------------------------------------------------------------===#
    # Import
    #===--------------------------------------------------------------------===#
    Mutation("alpha-lost", "parameters of activations keep their defaults",
             FRONTEND + "Activation.cpp",
             "node.getFloat(parameter.onnxName, parameter.defaultValue)",
             'node.getFloat("", parameter.defaultValue)', IMPORT),
    Mutation("wrong-axis", "softmax runs along the first dimension by default",
             FRONTEND + "Activation.cpp", 'node.getInt("axis", -1)', 'node.getInt("axis", 0)', IMPORT),
    Mutation("clip-bounds", "clip with one bound takes it for the other",
             FRONTEND + "Activation.cpp", "bounds[i] = *bound;", "bounds[1 - i] = *bound;", IMPORT),
    Mutation("gelu-mode", "gelu's approximate is ignored",
             FRONTEND + "Activation.cpp", "kind->onnxMode == mode", 'kind->onnxMode == "none"', IMPORT),
    Mutation("transposed-groups", "weights of grouped transposed convolutions are not rearranged",
             FRONTEND + "Conv.cpp", "exchangeChannels(*values, groups, first, second,",
             "exchangeChannels(*values, 1, groups * first, second,", IMPORT),
    Mutation("output-padding", "output_padding is ignored",
             FRONTEND + "Conv.cpp", 'node.getInts("output_padding").value_or(Shape(rank, 0))',
             'node.getInts("output_paddings").value_or(Shape(rank, 0))', IMPORT),
    Mutation("auto-pad", "SAME_UPPER pads before",
             FRONTEND + "Conv.cpp", "window.pads[i] = upper ? total / 2 : total - total / 2;",
             "window.pads[i] = upper ? total - total / 2 : total / 2;", IMPORT),
    #===--------------------------------------------------------------------===#
    # Kernels
    #===--------------------------------------------------------------------===#
    Mutation("max-pool-pads", "max pool sees zeros in its padding",
             ALGORITHM + "Pool.cpp", "value = select(valid, value, least);",
             "value = select(valid, value, 0.0f);", KERNELS),
    Mutation("count-include-pad", "average pool counts its padding always",
             ALGORITHM + "Pool.cpp", "bool padding = op.getCountIncludePad();",
             "bool padding = true;", KERNELS),
    Mutation("max-drops-nan", "max pool drops NaN",
             ALGORITHM + "Pool.cpp", "select(b > a || b != b, b, a)", "select(b > a, b, a)", KERNELS),
    Mutation("relu-drops-nan", "relu turns NaN into 0",
             "lib/Codegen/Halide/Lanes.cpp", "return Lanes(strict_float(max(bound.value, x.value)));",
             "return Lanes(strict_float(max(x.value, bound.value)));", KERNELS),
    Mutation("clip-inverted", "clip with min above max gives min",
             "include/vox/Dialect/Vox/IR/Activations.td",
             'let value = "atMost(atLeast(x, min), max)";',
             'let value = "atLeast(atMost(x, max), min)";', "Reference|" + IMPORT),
    Mutation("resize-coordinates", "asymmetric resize is computed as half_pixel",
             "lib/Dialect/Vox/IR/Resize.cpp", "    return position / scale;",
             "    return (position + 0.5) / scale - 0.5;", "Reference|resize|" + IMPORT),
    Mutation("broadcast-alignment", "shapes are aligned at their first dimension",
             "lib/Dialect/Vox/IR/Shapes.cpp", "size_t offset = lhs.size() - rhs.size();\n  for (size_t i = 0; i < rhs.size(); ++i) {\n    int64_t &extent",
             "size_t offset = 0;\n  for (size_t i = 0; i < rhs.size(); ++i) {\n    int64_t &extent",
             "Dialect|" + IMPORT),
]
