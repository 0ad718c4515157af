//===- Page.cpp - The table of activations, for people --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Page.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <array>

using namespace llvm;
using namespace vox;
using namespace vox::activations;

ActivationAttr vox::activations::getDefault(const ActivationKind &kind,
                                            mlir::MLIRContext *context) {
  SmallVector<double> values;
  for (const ActivationParameter &parameter : kind.parameters)
    values.push_back(parameter.defaultValue);
  return kind.get(context, values);
}

ActivationAttr vox::activations::getExample(const ActivationKind &kind,
                                            mlir::MLIRContext *context) {
  if (&kind == &ClipAttr::kind())
    return ClipAttr::get(context, APFloat(0.0), APFloat(6.0));
  return getDefault(kind, context);
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// Without a sign of zero.
static std::string formatShort(double value, int digits = 6) {
  return value == 0 ? "0" : formatv("{0}", format("%.*g", digits, value)).str();
}

/// With 9 digits the range tells float32 numbers apart.
static std::string formatRange(ActivationAttr function, int digits = 6) {
  return formatShort(function.lowerBound(), digits) + " to " +
         formatShort(function.upperBound(), digits);
}

static std::string formatOnnx(const ActivationKind &kind) {
  if (kind.onnxOp.empty())
    return "none";
  if (kind.onnxMode.empty())
    return kind.onnxOp.str();
  return (kind.onnxOp + ", approximate " + kind.onnxMode).str();
}

static std::string formatDefaults(const ActivationKind &kind) {
  SmallVector<std::string> texts;
  for (const ActivationParameter &parameter : kind.parameters)
    texts.push_back((parameter.name + " = " +
                     formatShort(parameter.defaultValue) + " (" +
                     parameter.expected + ")")
                        .str());
  if (kind.learned)
    texts.push_back("parameter (learned)");
  return join(texts, ", ");
}

//===----------------------------------------------------------------------===//
// Plain text
//===----------------------------------------------------------------------===//

void vox::activations::printList(raw_ostream &os,
                                 ArrayRef<ActivationAttr> functions) {
  using Row = std::array<std::string, 6>;
  std::vector<Row> rows = {
      {"name", "formula", "ONNX", "cost", "range", "parameters"}};
  for (ActivationAttr function : functions) {
    const ActivationKind &kind = function.getKind();
    rows.push_back({formatActivation(function), kind.formula.str(),
                    formatOnnx(kind), std::to_string(kind.cost),
                    formatRange(function, 9), formatDefaults(kind)});
  }
  std::array<size_t, 6> widths = {};
  for (const Row &row : rows)
    for (auto [cell, width] : zip_equal(row, widths))
      width = std::max(width, cell.size());
  for (const Row &row : rows) {
    std::string line;
    for (auto [cell, width] : zip_equal(row, widths))
      line += cell + std::string(width - cell.size() + 2, ' ');
    os << StringRef(line).rtrim() << '\n';
  }
}

//===----------------------------------------------------------------------===//
// Markdown
//===----------------------------------------------------------------------===//

/// As code in a table's cell, where a bar would end the cell.
static std::string code(StringRef text) {
  std::string escaped;
  for (char c : text)
    escaped += c == '|' ? "\\|" : std::string(1, c);
  return "`" + escaped + "`";
}

static const AccuracyRecord *find(const AccuracyFile *file,
                                  ActivationAttr function) {
  if (!file)
    return nullptr;
  std::string name = formatActivation(function);
  for (const AccuracyRecord &record : file->records)
    if (record.activation == name)
      return &record;
  return nullptr;
}

static void printOverview(raw_ostream &os, mlir::MLIRContext *context) {
  os << "| Name | Formula | Range | Parameters | ONNX | Cost |\n"
        "| --- | --- | --- | --- | --- | ---: |\n";
  for (const ActivationKind *kind : activationKinds()) {
    SmallVector<std::string> defaults;
    for (const ActivationParameter &parameter : kind->parameters)
      defaults.push_back(
          (parameter.name + " = " + formatShort(parameter.defaultValue)).str());
    if (kind->learned)
      defaults.push_back("learned");
    os << formatv("| [{0}](#{0}) | {1} | {2} | {3} | {4} | {5} |\n", kind->name,
                  code(kind->formula), formatRange(getExample(*kind, context)),
                  join(defaults, ", "), formatOnnx(*kind), kind->cost);
  }
}

static void printAccuracyTable(raw_ostream &os, mlir::MLIRContext *context,
                               const AccuracyFile &file) {
  os << "\n## Accuracy\n\n"
        "Results of kernels on "
     << (file.step == 1
             ? "all 2^32 floats"
             : formatv("one of every {0} floats, at random", file.step).str())
     << ", compared with float64 and, where the\n"
        "error is greatest, with 200 bits. The unit (ulp) is the spacing of "
        "float32 at the exact\n"
        "result. Where that is subnormal, below 2^-126 = 1.18e-38, the "
        "absolute error counts in\n"
        "its place. Allowed are 4 ulp and 2^-126. The target is\n`"
     << file.target
     << "`.\n\n"
        "| Activation | Maximum, ulp | at x | Mean, ulp | Correctly rounded | "
        "Subnormal, absolute |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n";
  for (const ActivationKind *kind : activationKinds()) {
    const AccuracyRecord *record = find(&file, getExample(*kind, context));
    if (!record)
      continue;
    os << formatv("| {0} | {1} | {2} | {3} | {4:f2} % | {5} |\n",
                  record->activation, formatError(record->maxUlp),
                  record->maxUlp > 0 ? formatFloat(record->at) : "",
                  formatError(record->meanUlp), 100 * record->correct,
                  formatError(record->subnormalError));
  }
  os << "\nMeasured by\n\n"
        "    vox-activations --exhaustive --all --target="
     << file.target << " --json=docs/activations/accuracy.json\n";
}

static void printParameters(raw_ostream &os, const ActivationKind &kind) {
  if (kind.parameters.empty())
    return;
  bool hasOnnx = !kind.onnxOp.empty();
  os << "\n| Parameter | Meaning | Must be | Default |"
     << (hasOnnx ? (" ONNX " + kind.onnxOp + " |").str() : "")
     << "\n| --- | --- | --- | --- |" << (hasOnnx ? " --- |" : "") << '\n';
  for (const ActivationParameter &parameter : kind.parameters) {
    os << formatv("| {0} | {1} | {2} | {3} |", code(parameter.name),
                  parameter.meaning, parameter.expected,
                  formatShort(parameter.defaultValue));
    if (hasOnnx)
      os << ' ' << code(parameter.onnxName) << " |";
    os << '\n';
  }
}

static void printValues(raw_ostream &os, ActivationAttr function) {
  constexpr double inf = kInfinity;
  const std::pair<const char *, double> points[] = {
      {"-inf", -inf}, {"-1", -1},   {"0", 0},
      {"1", 1},       {"inf", inf}, {"NaN", std::nan("")}};
  os << "\n| x |";
  for (const auto &point : points)
    os << ' ' << point.first << " |";
  os << "\n| --- |";
  for (size_t i = 0; i < std::size(points); ++i)
    os << " ---: |";
  os << "\n| " << code(formatActivation(function)) << " |";
  for (const auto &point : points) {
    double value =
        function.evaluate(point.second, getExampleParameter(function));
    os << ' ' << (std::isnan(value) ? "NaN" : formatShort(value)) << " |";
  }
  os << '\n';
}

static void printSection(raw_ostream &os, ActivationAttr function,
                         const AccuracyFile *accuracy) {
  const ActivationKind &kind = function.getKind();
  os << "\n## " << kind.name << "\n\n" << code(kind.formula) << '\n';
  if (kind.learned)
    os << "\n`parameter` is learned: an operand of the op, which is broadcast "
          "to the input's shape.\n";
  os << "\nUse: " << kind.use << '.';
  if (!kind.source.empty())
    os << " Source: " << kind.source << '.';
  os << '\n';
  os << formatv("\n![{0} and its derivative](activations/{0}.svg)\n",
                kind.name);
  printParameters(os, kind);
  printValues(os, function);
  os << "\nRange: " << formatRange(function) << ". ONNX: " << formatOnnx(kind)
     << ".\n";
  if (const AccuracyRecord *record = find(accuracy, function)) {
    if (record->maxUlp > 0)
      os << formatv("Kernels are off by at most {0} ulp.\n",
                    formatError(record->maxUlp));
    else
      os << "Kernels round correctly.\n";
  }
}

void vox::activations::printPage(raw_ostream &os, mlir::MLIRContext *context,
                                 const AccuracyFile *accuracy) {
  os << "<!-- Written by tools/docs/generate.sh; do not edit. -->\n\n"
        "# Activations\n\n"
        "Each is one record of "
        "`include/vox/Dialect/Vox/IR/Activations.td`, from which come\n"
        "the attribute of `vox.activation`, import from and export to ONNX, "
        "the float64\n"
        "reference, the code of kernels, and this page. "
        "[Add an activation](Guides/AddAnActivation.md)\n"
        "tells how to write another one.\n\n"
        "*Range* is that of the real function; results of kernels reach its "
        "bounds. *Cost* is\n"
        "about the vector instructions per element. Ranges, plots and values "
        "are those of the\n"
        "default parameters, except that clip, which does nothing by default, "
        "is shown with 0\n"
        "and 6 (ReLU6), and learned parameters are 0.25 (prelu) and 1.5 "
        "(learned_swish). Options\n"
        "and reports write an activation as its name with the parameters in "
        "this order, such as\n"
        "`leaky_relu(0.2)` or `clip(max: 6)`.\n\n";
  printOverview(os, context);
  if (accuracy)
    printAccuracyTable(os, context, *accuracy);
  for (const ActivationKind *kind : activationKinds())
    printSection(os, getExample(*kind, context), accuracy);
}
