//===- PrintActivationReport.cpp - A report as text and JSON --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names come from the model, so they may hold anything: they are escaped where
// they are printed and mended where JSON asks for UTF-8.
//
//===----------------------------------------------------------------------===//

#include "ReportText.h"
#include "vox/Execution/ActivationReport.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace vox;
using namespace vox::execution;

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// Columns as wide as what stands in them; those of numbers end alike.
static void printTable(raw_ostream &os, ArrayRef<std::vector<std::string>> rows,
                       size_t textColumns) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto &row : rows)
    for (auto [width, cell] : zip_equal(widths, row))
      width = std::max(width, cell.size());
  for (const auto &row : rows) {
    std::string line;
    raw_string_ostream text(line);
    for (auto [i, cell] : enumerate(row)) {
      text << "  ";
      if (i < textColumns)
        text << left_justify(cell, widths[i]);
      else
        text << right_justify(cell, widths[i]);
    }
    os << StringRef(line).rtrim() << "\n";
  }
}

static void printLayers(raw_ostream &os, const ActivationReport &report) {
  bool recalibrated = !report.norms.empty();
  std::vector<std::string> head{"layer", "from", "to", "kind"};
  for (StringRef column : {"deviation", "recalibrated", "Mops before", "after",
                           "ms before", "after"})
    if (recalibrated || column != "recalibrated")
      head.push_back(column.str());
  std::vector<std::vector<std::string>> rows{head};
  for (const LayerChange &layer : report.layers) {
    const Replacement &change = layer.replacement;
    std::vector<std::string> row{
        escape(change.layer), formatActivation(change.from),
        change.declined.empty() ? formatActivation(change.to) : "kept",
        describe(change.difference)};
    row.push_back(formatNumber(layer.deviation.replaced));
    if (recalibrated)
      row.push_back(formatNumber(layer.deviation.recalibrated));
    for (double x : {1e-6 * layer.opsBefore, 1e-6 * layer.opsAfter,
                     layer.msBefore, layer.msAfter})
      row.push_back(formatNumber(x));
    rows.push_back(std::move(row));
  }
  printTable(os, rows, /*textColumns=*/4);
  os << "why:\n";
  rows.clear();
  for (const LayerChange &layer : report.layers)
    rows.push_back(
        {escape(layer.replacement.layer), explain(layer.replacement)});
  printTable(os, rows, /*textColumns=*/2);
}

/// "0.12 replaced, 0.05 recalibrated".
static std::string formatFigures(const Figures &figures) {
  std::string text;
  if (!std::isnan(figures.replaced))
    text = formatNumber(figures.replaced) + " replaced";
  if (!std::isnan(figures.recalibrated))
    text += (text.empty() ? "" : ", ") + formatNumber(figures.recalibrated) +
            " recalibrated";
  return text;
}

void execution::printText(raw_ostream &os, const ActivationReport &report) {
  size_t kept = count_if(report.layers, [](const LayerChange &layer) {
    return !layer.replacement.declined.empty();
  });
  os << "activations: " << report.layers.size() - kept << " of "
     << report.activations << " replaced in " << escape(report.network);
  if (kept > 0)
    os << ", " << kept << " kept";
  if (report.samples > 0)
    os << ", measured on " << countSamples(report.samples);
  os << "\n";
  if (!report.layers.empty())
    printLayers(os, report);
  if (!report.norms.empty()) {
    os << "batch norms: " << report.norms.size() << " recalibrated\n";
    std::vector<std::vector<std::string>> rows{
        {"layer", "mean moved by (std)", "variance by factor"}};
    for (const RecalibratedNorm &norm : report.norms)
      rows.push_back({escape(norm.layer), formatNumber(norm.shift),
                      formatNumber(norm.ratio)});
    printTable(os, rows, /*textColumns=*/1);
  }
  if (report.samples == 0)
    return;
  for (const ActivationReport::Output &output : report.outputs)
    os << "output \"" << escape(output.name) << "\": deviation "
       << formatFigures(output.deviation) << "\n";
  if (report.metric)
    os << getName(*report.metric) << ": " << formatNumber(report.metricBefore)
       << " before, " << formatFigures(report.metricAfter) << "\n";
  os << "time: " << formatNumber(report.msBefore) << " ms before, "
     << formatNumber(report.msAfter) << " ms after\n";
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no infinities and no NaN: null.
static json::Value toNumber(double x) {
  return std::isfinite(x) ? json::Value(x) : json::Value(nullptr);
}

static json::Value toObject(const Figures &figures) {
  return json::Object{{"replaced", toNumber(figures.replaced)},
                      {"recalibrated", toNumber(figures.recalibrated)}};
}

static json::Value toObject(const LayerChange &layer) {
  const Replacement &change = layer.replacement;
  return json::Object{{"layer", json::fixUTF8(change.layer)},
                      {"role", getName(change.role)},
                      {"from", formatActivation(change.from)},
                      {"to", formatActivation(change.to)},
                      {"kind", getName(change.difference.kind)},
                      {"bound", toNumber(change.difference.bound)},
                      {"rule", json::fixUTF8(change.rule)},
                      {"figures", change.figures},
                      {"replaced", change.declined.empty()},
                      {"declined", change.declined},
                      {"elements", layer.elements},
                      {"opsBefore", layer.opsBefore},
                      {"opsAfter", layer.opsAfter},
                      {"deviation", toObject(layer.deviation)},
                      {"msBefore", toNumber(layer.msBefore)},
                      {"msAfter", toNumber(layer.msAfter)}};
}

void execution::printJSON(raw_ostream &os, const ActivationReport &report) {
  json::Array layers, norms, outputs;
  for (const LayerChange &layer : report.layers)
    layers.push_back(toObject(layer));
  for (const RecalibratedNorm &norm : report.norms)
    norms.push_back(json::Object{{"layer", json::fixUTF8(norm.layer)},
                                 {"shift", toNumber(norm.shift)},
                                 {"ratio", toNumber(norm.ratio)}});
  for (const ActivationReport::Output &output : report.outputs)
    outputs.push_back(json::Object{{"name", json::fixUTF8(output.name)},
                                   {"deviation", toObject(output.deviation)}});
  json::Object object{{"network", json::fixUTF8(report.network)},
                      {"activations", int64_t(report.activations)},
                      {"samples", int64_t(report.samples)},
                      {"layers", std::move(layers)},
                      {"batchNorms", std::move(norms)},
                      {"outputs", std::move(outputs)},
                      {"msBefore", toNumber(report.msBefore)},
                      {"msAfter", toNumber(report.msAfter)}};
  if (report.metric)
    object["metric"] = json::Object{{"kind", getName(*report.metric)},
                                    {"before", toNumber(report.metricBefore)},
                                    {"after", toObject(report.metricAfter)}};
  os << formatv("{0:2}", json::Value(std::move(object))) << "\n";
}
