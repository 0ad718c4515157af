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
ANALYSIS = "lib/Analysis/"
FRONTEND = "lib/Frontend/ONNX/"
ALGORITHM = "lib/Codegen/Halide/Algorithm/"

FOLD = "fold-batch-norm|Numeric/batch-norm|Networks|Numeric|Random"
IMPORT = "Frontend|Networks|Numeric"
KERNELS = "Networks|Numeric|Random"
RECOGNIZE = "recognize-activations|Recognition"
REPLACE = "replace-activations|export-replaced"
MEASURE = "statistics|monitor|Tools/voxc/measured|Docs/replacing"
RANGES = "simplify-by-range|prune-channels|Numeric/ranges"

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
             "if (at.width > 1 && channels < 0)\n    value = select",
             "Numeric/lanes|" + KERNELS),
    #===--------------------------------------------------------------------===#
    # Import
    #===--------------------------------------------------------------------===#
    Mutation("alpha-lost", "parameters of activations keep their defaults",
             FRONTEND + "Activation.cpp",
             "node.getFloat(parameter.onnxName, getDefault(node, parameter))",
             'node.getFloat("", getDefault(node, parameter))', IMPORT),
    Mutation("wrong-axis", "softmax runs along the first dimension by default",
             FRONTEND + "Activation.cpp", 'node.getAxis(-1,', 'node.getAxis(0,', IMPORT),
    Mutation("clip-bounds", "clip with one bound takes it for the other",
             FRONTEND + "Activation.cpp", "bounds[i] = *bound;", "bounds[1 - i] = *bound;", IMPORT),
    Mutation("gelu-mode", "gelu's approximate is ignored",
             FRONTEND + "Activation.cpp", "kind->onnxMode == mode", 'kind->onnxMode == "none"', IMPORT),
    Mutation("transposed-groups", "weights of grouped transposed convolutions are not rearranged",
             FRONTEND + "Conv.cpp", "permute(*values, {groups, first, second,",
             "permute(*values, {1, groups * first, second,", IMPORT),
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
             ALGORITHM + "Pool.cpp", "value = select(valid, value, none);",
             "value = select(valid, value, 0.0f);", "Numeric/pool|" + KERNELS),
    Mutation("count-include-pad", "average pool counts its padding always",
             ALGORITHM + "Pool.cpp", "bool padding = op.getCountIncludePad();",
             "bool padding = true;", "Numeric/pool|" + KERNELS),
    Mutation("max-drops-nan", "max pool drops NaN",
             "lib/Codegen/Halide/Functions.cpp", "select(b > a || isNaN(b), b, a)",
             "select(b > a, b, a)", "Numeric/binary|" + KERNELS),
    Mutation("relu-drops-nan", "relu turns NaN into 0",
             "lib/Codegen/Halide/Lanes.cpp", "Call::strict_max, Float(32), bound.value, x.value",
             "Call::strict_max, Float(32), x.value, bound.value", "Numeric/activation|" + KERNELS),
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
    #===--------------------------------------------------------------------===#
    # Ranges
    #===--------------------------------------------------------------------===#
    Mutation("range-alpha-sign", "a leaky side is ignored where values may be negative",
             ANALYSIS + "RangeElementWise.cpp",
             "if (x.lower >= 0)\n    return x;\n  Interval negative",
             "if (x.lower >= -1)\n    return x;\n  Interval negative", RANGES),
    Mutation("padding-forgotten", "a padded convolution's bounds leave out the zeros of its border",
             ANALYSIS + "RangeLayers.cpp",
             "x = hull(x, Interval::point(0));\n      bool zero",
             "x = hull(x, x);\n      bool zero", RANGES),
    Mutation("negative-weights", "interval arithmetic takes the wrong end for negative weights",
             ANALYSIS + "RangeLayers.cpp",
             "lower.add(negative, x.upper);",
             "lower.add(negative, x.lower);", RANGES),
    Mutation("pad-value", "a pad's value is not among the result's",
             ANALYSIS + "RangeStructure.cpp",
             "return hull(x, Interval::point(value));",
             "return x;", RANGES),
    Mutation("square-of-two-values", "a product of two values is taken for a square",
             ANALYSIS + "RangeElementWise.cpp",
             "if (isa<MulOp>(op) && op->getOperand(0) == op->getOperand(1))",
             "if (isa<MulOp>(op))", RANGES),
    Mutation("nan-lost", "a value that may be NaN becomes a constant",
             TRANSFORMS + "SimplifyByRange.cpp",
             "if (result.finite && result.overall().isPoint())",
             "if (result.overall().isPoint())", RANGES),
    Mutation("threshold-nan", "thresholded_relu, which turns NaN into 0, is removed where NaN may come",
             TRANSFORMS + "SimplifyByRange.cpp",
             "return input.finite && x.lower > alpha",
             "return x.lower > alpha", RANGES),
    Mutation("nan-out-of-range", "the number that a function makes of NaN is not among its results",
             ANALYSIS + "RangeElementWise.cpp",
             "if (!operands[0].finite && !std::isnan(ofNaN))",
             "if (false)", RANGES),
    Mutation("selu-as-elu", "selu, which scales positive values, is removed as the identity",
             TRANSFORMS + "SimplifyByRange.cpp",
             "isa<LeakyReluAttr, PReluAttr, EluAttr, CeluAttr>(function) &&\n         x.lower",
             "isa<LeakyReluAttr, PReluAttr, EluAttr, CeluAttr, SeluAttr>(function) &&\n         x.lower", RANGES),
    Mutation("clamp-multi-use", "two clamps become one where others use the first",
             TRANSFORMS + "SimplifyByRange.cpp",
             "if (before && before->hasOneUse())",
             "if (before)", RANGES),
    Mutation("clamp-min-not-clipped", "two clips become one with the wrong bounds",
             TRANSFORMS + "SimplifyByRange.cpp",
             "inner.lower = std::clamp(inner.lower, clamp->lower, clamp->upper);",
             "inner.lower = clamp->lower;", RANGES),
    Mutation("output-clamp", "a clamp at the output goes where rounding alone makes it needed",
             TRANSFORMS + "SimplifyByRange.cpp",
             "if (decision && decision != decide(op, sure) &&\n        reachesOutput(op, hasWeights))",
             "if (false && reachesOutput(op, hasWeights))", RANGES),
    Mutation("inverted-clip", "a clip with min above max is reasoned about as if in order",
             TRANSFORMS + "SimplifyByRange.cpp",
             "if (bounds.lower > bounds.upper)\n    return std::nullopt;",
             "", RANGES),
    Mutation("max-broadcast", "a maximum that broadcasts is replaced by its operand",
             TRANSFORMS + "SimplifyByRange.cpp",
             "taken.getType() != op->getResult(0).getType()",
             "false", RANGES),
    Mutation("prune-output", "channels of an output are pruned",
             TRANSFORMS + "PruneChannels.cpp",
             "return stop(\"are an output of the network\");",
             "return;", RANGES),
    Mutation("prune-residual", "channels that meet other values are pruned",
             TRANSFORMS + "PruneChannels.cpp",
             "if (!isConstant(other.get()))\n        return stop(\"meet other values\");",
             "if (!isConstant(other.get()))\n        continue;", RANGES),
    Mutation("prune-groups", "channels are pruned through a grouped convolution",
             TRANSFORMS + "PruneChannels.cpp",
             "if (groups != 1)",
             "if (groups < 1)", RANGES),
    Mutation("prune-one-reader", "a channel is pruned because one of its readers does without",
             TRANSFORMS + "PruneChannels.cpp",
             "dead &= findZeros(reader",
             "dead |= findZeros(reader", RANGES),
    Mutation("prune-repeat", "after a flatten, the wrong inputs of a dense layer are pruned",
             TRANSFORMS + "PruneChannels.cpp",
             "::shrink(reader->getOwner()->getOpOperand(1), {1, repeat}, dead);",
             "::shrink(reader->getOwner()->getOpOperand(1), {1, repeat / repeat}, dead);", RANGES),
    Mutation("prune-infinite", "a dead channel that meets an infinite weight is pruned",
             TRANSFORMS + "PruneChannels.cpp",
             "if (!isFiniteIn(dead,",
             "if (false && !isFiniteIn(dead,", RANGES),
    Mutation("prune-finite-zero", "a channel is pruned though NaN may reach it",
             TRANSFORMS + "PruneChannels.cpp",
             "zeros(channels, range.finite)",
             "zeros(channels, true)", RANGES),
    Mutation("channel-axis", "after a transpose, bounds belong to the wrong dimension",
             ANALYSIS + "RangeStructure.cpp",
             "result.axis = llvm::find(op.getPermutation(), result.axis) -\n                  op.getPermutation().begin();",
             "result.axis = result.axis * 1;", RANGES),
    Mutation("flatten-merged", "after a flatten, bounds belong to the wrong channels",
             ANALYSIS + "RangeStructure.cpp",
             "input.at(i / (to[axis] / extent))",
             "input.at(i % extent)", RANGES),
    Mutation("swish-rounding", "the bound of a function whose kernel rounds is taken as exact",
             ANALYSIS + "RangeElementWise.cpp",
             "return keepsBounds(function) ? bounds : widen(bounds);",
             "return keepsBounds(function) ? bounds : bounds;", RANGES),
    Mutation("div-zero", "a quotient by what may be 0 has bounds",
             ANALYSIS + "RangeElementWise.cpp",
             "if (!(b.lower > 0))",
             "if (!(b.lower >= 0))", RANGES),
    #===--------------------------------------------------------------------===#
    # Recognition
    #===--------------------------------------------------------------------===#
    Mutation("inner-users-ignored", "a value inside an activation is needed elsewhere and lost",
             TRANSFORMS + "RecognizeActivations.cpp", "return op != candidate.root &&\n",
             "return op == candidate.root &&\n", RECOGNIZE),
    Mutation("constants-nearly", "another constant is taken for the right one",
             TRANSFORMS + "Expression.cpp", "<= 0x1p-22 * std::max", "<= 0x1p-1 * std::max", RECOGNIZE),
    Mutation("steep-leaky", "max(a x, x) with a above 1 is taken for leaky_relu",
             TRANSFORMS + "ActivationSpellings.cpp", 'add("leaky_relu", max(a * x, x), {a}, Domain{a, 0, 1});',
             'add("leaky_relu", max(a * x, x), {a});', RECOGNIZE),
    Mutation("twice-sigmoid", "2 / (1 + e^-x) is taken for sigmoid",
             TRANSFORMS + "ActivationSpellings.cpp", 'add("sigmoid", sigmoid(x));',
             'add("sigmoid", sigmoid(x));\n    add("sigmoid", 2 * sigmoid(x));', RECOGNIZE),
    #===--------------------------------------------------------------------===#
    # Replacement, export, statistics
    #===--------------------------------------------------------------------===#
    Mutation("export-alpha", "exported activations lose their parameters",
             FRONTEND + "ExportNodes.cpp", "setFloat(node, parameter.onnxName, value);",
             "setFloat(node, parameter.onnxName, parameter.defaultValue);", "export|" + REPLACE),
    Mutation("tolerance-ignored", "replacements beyond the tolerance are made",
             TRANSFORMS + "ReplaceActivations.cpp", "!(replacement.difference.bound <= *options.tolerance)",
             "replacement.difference.bound < 0", REPLACE),
    Mutation("initial-slope", "a new PReLU begins with slope 0",
             TRANSFORMS + "ReplaceActivations.cpp", "type.getNumElements(), float(initial)",
             "type.getNumElements(), 0 * float(initial)", REPLACE),
    Mutation("stale-variance", "recalibration keeps the trained variance",
             "lib/Execution/RecalibrateBatchNorm.cpp", "variances.push_back(variance);",
             "variances.push_back((*oldVariance)[c]);", MEASURE),
    Mutation("mean-of-variances", "variances of samples are averaged without their means",
             "lib/Analysis/ActivationStatistics.cpp",
             "difference * difference * count / total * other.count;",
             "0 * difference * difference * count / total * other.count;", MEASURE),
]
