//===- Dot.cpp - The network as a picture ---------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Text for graphviz. An op is a box, coloured by its family; what runs as one
// kernel is one frame of boxes, in the order in which they are computed, and an
// edge leads to the first that reads it. Weights are part of their op's label:
// drawn as nodes they would be half of the picture. Edges are labelled with
// what lies in memory; inside a frame values stay in registers.
//
//===----------------------------------------------------------------------===//

#include "Forms.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Pipelines/Pipelines.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace vox;

/// "1×16×32×32", as a label.
static std::string formatExtents(ArrayRef<int64_t> extents) {
  SmallVector<std::string> texts;
  for (int64_t extent : extents)
    texts.push_back(std::to_string(extent));
  return texts.empty() ? "scalar" : llvm::join(texts, "×");
}

/// "2" for [2, 2, 2], else "1×2×2".
static std::string formatEqual(ArrayRef<int64_t> extents) {
  return llvm::all_equal(extents) ? std::to_string(extents.front())
                                  : formatExtents(extents);
}

/// Shape, channel block and, unless float32, element type.
static std::string formatTensor(Value value) {
  RankedTensorType type = typeOf(value);
  std::string text = formatExtents(type.getShape());
  if (getBlock(type) > 1)
    text += ", blocks of " + std::to_string(getBlock(type));
  if (!type.getElementType().isF32())
    text += (", " + getElementType(type.getElementType())->name).str();
  return text;
}

/// A name from a model, harmless in a label.
static std::string formatName(StringRef name) {
  constexpr size_t kLongest = 60;
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::printEscapedString(name.take_front(kLongest), os);
  if (name.size() > kLongest)
    os << "...";
  return escapeHtml(text);
}

/// Fill colours, by family.
static StringRef colourOf(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case<ConvOp, ConvTransposeOp>([](auto) { return "#c6dbf7"; })
      .Case<DenseOp, MatMulOp>([](auto) { return "#d4d1f5"; })
      .Case<ActivationOp, SoftmaxOp, LogSoftmaxOp, UnaryOp>(
          [](auto) { return "#fbdcb8"; })
      .Case<PoolOp, PoolIndicesOp, GlobalPoolOp, ArgMaxOp, ReduceOp,
            ActivationStatisticsOp>([](auto) { return "#c8ebdd"; })
      .Case<BatchNormOp>([](auto) { return "#f3d0e5"; })
      .Case<AddOp, SubOp, MulOp, DivOp, ModOp, RemOp, MaxOp, MinOp, PowOp,
            CompareOp, SelectOp>([](auto) { return "#f9efb5"; })
      .Case<PackOp, UnpackOp, PackWeightsOp>([](auto) { return "#e3d8cc"; })
      .Default([](auto) { return "#e4e7eb"; });
}

/// "conv 3×3×3, stride 2".
static std::string describeWindow(StringRef name, ArrayRef<int64_t> kernel,
                                  ArrayRef<int64_t> strides,
                                  ArrayRef<int64_t> dilations) {
  std::string text = name.str() + " " + formatExtents(kernel);
  auto isOne = [](int64_t value) { return value == 1; };
  if (!llvm::all_of(strides, isOne))
    text += ", stride " + formatEqual(strides);
  if (!llvm::all_of(dilations, isOne))
    text += ", dilation " + formatEqual(dilations);
  return text;
}

/// "2" for 2.000000e+00, wherever it stands in `text`.
static std::string shortenNumbers(StringRef text) {
  llvm::Regex number("[0-9]+\\.[0-9]+(e[-+][0-9]+)?");
  std::string result;
  SmallVector<StringRef> matches;
  while (number.match(text, &matches)) {
    double value;
    if (matches[0].getAsDouble(value))
      break;
    result += text.substr(0, matches[0].data() - text.data());
    llvm::raw_string_ostream(result) << llvm::format("%g", value);
    text = text.substr(matches[0].end() - text.begin());
  }
  return result + text.str();
}

/// What an op does, in a few words.
static std::string describe(Operation *op) {
  StringRef mnemonic = op->getName().stripDialect();
  auto convolution = [&](auto op) {
    std::string text = describeWindow(
        mnemonic, op.getWeights().getType().getShape().drop_front(2),
        op.getStrides(), op.getDilations());
    if (op.getGroups() > 1)
      text += ", " + std::to_string(op.getGroups()) + " groups";
    return text;
  };
  return llvm::TypeSwitch<Operation *, std::string>(op)
      .Case<ConvOp, ConvTransposeOp>(convolution)
      .Case<PoolOp>([](PoolOp op) {
        return describeWindow((stringifyPoolKind(op.getKind()) + " pool").str(),
                              op.getKernel(), op.getStrides(),
                              op.getDilations());
      })
      .Case<PoolIndicesOp>([](PoolIndicesOp op) {
        return describeWindow("pool indices", op.getKernel(), op.getStrides(),
                              op.getDilations());
      })
      .Case<GlobalPoolOp>([](GlobalPoolOp op) {
        return ("global " + stringifyPoolKind(op.getKind()) + " pool").str();
      })
      .Case<UnaryOp>(
          [](UnaryOp op) { return stringifyUnaryKind(op.getKind()).str(); })
      .Case<CompareOp>([](CompareOp op) {
        return stringifyRelation(op.getRelation()).str();
      })
      .Case<ReduceOp>([](ReduceOp op) {
        std::string text;
        llvm::raw_string_ostream os(text);
        os << stringifyReduceKind(op.getKind()) << " over axes ";
        llvm::interleaveComma(op.getAxes(), os);
        return text;
      })
      .Case<ActivationOp>([](ActivationOp op) {
        std::string text;
        llvm::raw_string_ostream(text) << op.getFunction();
        StringRef function(text);
        function.consume_front("#vox.");
        return shortenNumbers(function);
      })
      .Case<ConcatOp, JoinOp>([&](auto op) {
        return mnemonic.str() + " along axis " + std::to_string(op.getAxis());
      })
      .Default([&](Operation *) { return mnemonic.str(); });
}

namespace {

class DotPrinter {
public:
  DotPrinter(ModuleOp module, raw_ostream &os)
      : module(module), network(getNetwork(module)), os(os) {}

  void print();

private:
  void printOp(Operation *op);
  void printFrame(Operation *op, Block &body, ValueRange inputs,
                  const std::string &title, const std::string &subtitle);
  void printEnd(unsigned node, const std::string &name, StringRef kind);
  void printEdge(Value value, const std::string &to);
  std::string summary();

  ModuleOp module;
  func::FuncOp network;
  raw_ostream &os;
  unsigned count = 0;
  llvm::DenseMap<Value, unsigned> nodes;
};

/// Constants and what is packed of them belong to the op that reads them.
bool isWeights(Value value) {
  if (auto pack = value.getDefiningOp<PackWeightsOp>())
    value = pack.getWeights();
  return value.getDefiningOp<ConstantOp>() != nullptr;
}

std::string small(const std::string &text) {
  return "<font point-size=\"9\" color=\"#5b6470\">" + text + "</font>";
}

/// What an op does, its layer, its weights. `outside` says what arguments of
/// the kernel around it stand for.
std::string labelOf(Operation *op, const IRMapping &outside) {
  std::string label = escapeHtml(describe(op));
  for (Value operand : op->getOperands())
    if (Value value = outside.lookupOrDefault(operand);
        isa<AddOp, SubOp, MulOp, DivOp, ModOp, RemOp, MaxOp, MinOp, PowOp,
            CompareOp>(op) &&
        isWeights(value) && typeOf(value).getNumElements() == 1)
      if (std::optional<float> number = getSplatValue(value))
        llvm::raw_string_ostream(label) << llvm::format(" %g", *number);
  if (auto layer = op->getAttrOfType<StringAttr>("layer"))
    label += "<br/>" + small(formatName(layer.getValue()));
  for (Value operand : op->getOperands())
    if (Value value = outside.lookupOrDefault(operand);
        isWeights(value) && typeOf(value).getRank() > 1)
      label +=
          "<br/>" + small("weights " + formatExtents(typeOf(value).getShape()));
  return label;
}

/// Where a value lies in memory, once that is planned.
std::string placeOf(Value value) {
  Operation *op = value.getDefiningOp();
  auto offset = op ? op->getAttrOfType<IntegerAttr>("offset") : IntegerAttr();
  return offset ? ", at " + std::to_string(offset.getInt()) : "";
}

void DotPrinter::printEdge(Value value, const std::string &to) {
  if (!isWeights(value))
    os << "  n" << nodes.lookup(value) << " -> " << to << " [label=\" "
       << formatTensor(value) << placeOf(value) << "\"];\n";
}

/// An input or output of the network.
void DotPrinter::printEnd(unsigned node, const std::string &name,
                          StringRef kind) {
  os << "  n" << node << " [fillcolor=\"#ffffff\", label=<<b>"
     << formatName(name) << "</b><br/>" << small(kind.str()) << ">];\n";
}

/// An op that is no kernel, or not yet.
void DotPrinter::printOp(Operation *op) {
  unsigned node = nodes[op->getResult(0)] = count++;
  os << "  n" << node << " [fillcolor=\"" << colourOf(op) << "\", label=<"
     << labelOf(op, IRMapping()) << ">];\n";
  for (Value operand : op->getOperands())
    printEdge(operand, "n" + std::to_string(node));
}

/// A kernel: its ops in a frame.
void DotPrinter::printFrame(Operation *op, Block &body, ValueRange inputs,
                            const std::string &title,
                            const std::string &subtitle) {
  unsigned node = nodes[op->getResult(0)] = count++;
  os << "  n" << node << " [shape=plain, label=<\n"
     << "    <table style=\"rounded\" color=\"#7a8794\" bgcolor=\"#f6f8fa\" "
     << "border=\"1\" cellborder=\"0\" cellspacing=\"5\" "
     << "cellpadding=\"5\">\n";
  for (const std::string &line : {title, subtitle})
    if (!line.empty())
      os << "      <tr><td cellpadding=\"0\">" << line << "</td></tr>\n";
  IRMapping outside;
  outside.map(body.getArguments(), inputs);
  llvm::SmallDenseMap<Value, unsigned> readers; // by argument, the first row
  for (auto [row, inner] : llvm::enumerate(body.without_terminator())) {
    os << "      <tr><td port=\"p" << row << "\" style=\"rounded\" bgcolor=\""
       << colourOf(&inner) << "\">" << labelOf(&inner, outside)
       << "</td></tr>\n";
    for (Value operand : inner.getOperands())
      readers.try_emplace(operand, row);
  }
  os << "    </table>>];\n";
  for (auto [argument, input] : llvm::zip(body.getArguments(), inputs)) {
    std::string to = "n" + std::to_string(node);
    if (unsigned row = readers.lookup(argument))
      to += ":p" + std::to_string(row);
    printEdge(input, to);
  }
}

/// "direct, 16 lanes"
std::string formatSchedule(ScheduleAttr schedule) {
  if (!schedule)
    return "";
  return small((stringifyAlgorithm(schedule.getAlgorithm()) + ", " +
                Twine(schedule.getLanes()) + " lanes")
                   .str());
}

std::string DotPrinter::summary() {
  auto size = network->getAttrOfType<IntegerAttr>(kArenaSize);
  size_t kernels = llvm::range_size(module.getOps<KernelOp>());
  size_t groups = llvm::range_size(network.getOps<GroupOp>());
  if (size)
    return std::to_string(llvm::range_size(network.getOps<LaunchOp>())) +
           " launches of " + std::to_string(kernels) + " kernels, arena of " +
           std::to_string(size.getInt()) + " bytes";
  if (groups)
    return std::to_string(groups) + " groups";
  size_t ops = 0;
  for (Operation &op : network.getBody().front().without_terminator())
    ops += !isa<ConstantOp>(op);
  return std::to_string(ops) + " ops";
}

void DotPrinter::print() {
  os << "digraph network {\n"
     << "  label=\"" << summary() << "\"; labelloc=t; pad=0.2;\n"
     << "  ranksep=0.35; nodesep=0.35; bgcolor=white;\n"
     << "  fontname=\"Helvetica\"; fontsize=12; fontcolor=\"#5b6470\";\n"
     << "  node [shape=box, style=\"rounded,filled\", color=\"#7a8794\", "
     << "fontname=\"Helvetica\", fontsize=11, height=0.3, "
     << "margin=\"0.14,0.06\"];\n"
     << "  edge [color=\"#7a8794\", fontname=\"Helvetica\", fontsize=9, "
     << "fontcolor=\"#5b6470\", arrowsize=0.6];\n";
  for (BlockArgument argument : network.getArguments()) {
    unsigned node = nodes[argument] = count++;
    printEnd(node, getInputName(network, argument.getArgNumber()), "input");
  }
  Block &body = network.getBody().front();
  for (Operation &op : body.without_terminator()) {
    if (auto group = dyn_cast<GroupOp>(op)) {
      printFrame(&op, group.getBody().front(), group.getInputs(), "",
                 formatSchedule(group.getScheduleAttr()));
    } else if (auto launch = dyn_cast<LaunchOp>(op)) {
      auto kernel = module.lookupSymbol<KernelOp>(launch.getKernel());
      std::string layer = formatName(launch.getLayer().value_or(""));
      printFrame(&op, kernel.getBody().front(), launch.getInputs(),
                 layer.empty() ? "" : "<b>" + layer + "</b>",
                 small(launch.getKernel().str() + "<br/>") +
                     formatSchedule(kernel.getScheduleAttr()));
    } else if (!isWeights(op.getResult(0))) {
      printOp(&op);
    }
  }
  for (auto [i, value] : llvm::enumerate(body.getTerminator()->getOperands())) {
    unsigned node = count++;
    printEnd(node, getOutputName(network, i), "output");
    printEdge(value, "n" + std::to_string(node));
  }
  os << "}\n";
}

} // namespace

void vox::printDot(ModuleOp module, raw_ostream &os) {
  DotPrinter(module, os).print();
}
