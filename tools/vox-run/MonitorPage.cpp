//===- MonitorPage.cpp - Activations as pictures --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One HTML file with inline SVG: a card per layer with a histogram of its
// values and a bar of its units' states. Colours are CSS variables, so that the
// page reads in light and dark; no state is told by its colour alone.
//
//===----------------------------------------------------------------------===//

#include "Monitor.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <array>
#include <cmath>

using namespace llvm;
using namespace vox;

static constexpr StringLiteral kHead = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Activations</title>
<style>
:root {
  color-scheme: light dark;
  --page: #f9f9f7; --card: #fcfcfb; --ink: #0b0b0b; --muted: #52514e;
  --grid: #dddcd8; --active: #2a78d6; --mostly-zero: #eda100; --dead: #e34948;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d0d0d; --card: #1a1a19; --ink: #ffffff; --muted: #c3c2b7;
    --grid: #383835; --active: #3987e5; --mostly-zero: #c98500; --dead: #e66767;
  }
}
body { margin: 0 auto; max-width: 1080px; padding: 24px; background: var(--page);
  color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 0; overflow-wrap: anywhere; }
p { margin: 0 0 12px; color: var(--muted); }
main { display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); }
section { background: var(--card); border: 1px solid var(--grid);
  border-radius: 8px; padding: 14px 16px; min-width: 0; }
section p { font-size: 13px; margin: 0 0 8px; }
dl { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2px 12px;
  margin: 8px 0; font-size: 13px; font-variant-numeric: tabular-nums; }
dt { color: var(--muted); font-size: 12px; }
dd { margin: 0 0 4px; }
svg { display: block; width: 100%; }
.active { fill: var(--active); } .mostly-zero { fill: var(--mostly-zero); }
.dead { fill: var(--dead); } .axis { stroke: var(--grid); }
text { fill: var(--muted); font-size: 11px; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px;
  margin: 0 4px 0 12px; }
.key.active { background: var(--active); }
.key.mostly-zero { background: var(--mostly-zero); }
.key.dead { background: var(--dead); }
</style>
</head>
<body>
)html";

static void printText(raw_ostream &os, StringRef text) {
  printHTMLEscaped(json::fixUTF8(text), os);
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

namespace {
enum State { Active, MostlyZero, Dead, kStates };
struct StateText {
  StringLiteral style, text;
};
} // namespace

static constexpr StateText kStateTexts[kStates] = {
    {"active", "active"},
    {"mostly-zero", "mostly zero (95 % or more)"},
    {"dead", "dead (zero everywhere in every sample)"}};

static State stateOf(const UnitStatistics &unit) {
  if (unit.isDead())
    return Dead;
  return unit.zeros >= 0.95 * unit.count ? MostlyZero : Active;
}

/// The states' shares of a layer's units, and their numbers below.
static void printStates(raw_ostream &os, const LayerStatistics &layer) {
  std::array<size_t, kStates> counts{};
  for (const UnitStatistics &unit : layer.units)
    ++counts[stateOf(unit)];
  const double width = 320, gap = 2;
  os << "<svg viewBox=\"0 0 320 30\" role=\"img\" aria-label=\"units\">";
  double at = 0;
  std::string text;
  for (auto [i, count] : enumerate(counts)) {
    if (count == 0)
      continue;
    double extent = width * count / layer.units.size();
    os << format("<rect x=\"%.2f\" y=\"2\" width=\"%.2f\" height=\"10\" "
                 "rx=\"2\" class=\"%s\"><title>%zu %s</title></rect>",
                 at, std::max(extent - gap, 1.0), kStateTexts[i].style.data(),
                 count, kStateTexts[i].text.data());
    at += extent;
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
            (i == MostlyZero ? "mostly zero" : kStateTexts[i].style.str());
  }
  os << "<text x=\"0\" y=\"26\">units: " << text << "</text></svg>\n";
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// The sampled values that are neither zero, which would dwarf the others, nor
/// infinite or NaN.
static std::vector<float> collectValues(const LayerStatistics &layer) {
  std::vector<float> values;
  for (const UnitStatistics &unit : layer.units)
    copy_if(unit.samples, std::back_inserter(values),
            [](float x) { return x != 0 && std::isfinite(x); });
  return values;
}

static void printHistogram(raw_ostream &os, const LayerStatistics &layer) {
  constexpr size_t bins = 40;
  const double width = 320, height = 90;
  std::vector<float> values = collectValues(layer);
  if (values.empty()) {
    os << "<p>No value but zero was sampled.</p>\n";
    return;
  }
  auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  double low = *least, high = *greatest;
  std::array<size_t, bins> counts{};
  double step = (high - low) / bins;
  for (float x : values)
    ++counts[step > 0 ? std::min(size_t((x - low) / step), bins - 1) : 0];
  double most = *std::max_element(counts.begin(), counts.end());
  os << "<svg viewBox=\"0 0 320 110\" role=\"img\" aria-label=\"histogram of "
        "sampled values\">";
  for (auto [i, count] : enumerate(counts)) {
    if (count == 0)
      continue;
    double extent = std::max(height * count / most, 1.0);
    os << format("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
                 "class=\"active\"><title>%.4g to %.4g: %.1f %%</title></rect>",
                 width / bins * i + 0.5, height - extent, width / bins - 1,
                 extent, low + step * i, low + step * (i + 1),
                 100.0 * count / values.size());
  }
  os << format("<line x1=\"0\" y1=\"%.1f\" x2=\"%.0f\" y2=\"%.1f\" "
               "class=\"axis\"/>",
               height + 0.5, width, height + 0.5)
     << format("<text x=\"0\" y=\"105\">%.4g</text>"
               "<text x=\"320\" y=\"105\" text-anchor=\"end\">%.4g</text>",
               low, high)
     << "<text x=\"160\" y=\"105\" text-anchor=\"middle\">sampled values but "
        "zeros</text></svg>\n";
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

static void printFigure(raw_ostream &os, StringRef name, StringRef value) {
  os << "<div><dt>" << name << "</dt><dd>" << value << "</dd></div>";
}

static std::string number(const char *pattern, double x) {
  std::string text;
  raw_string_ostream(text) << format(pattern, x);
  return text;
}

static void printLayer(raw_ostream &os, const LayerStatistics &layer,
                       bool saturates) {
  os << "<section>\n<h2>";
  printText(os, layer.layer);
  os << "</h2>\n<p>";
  printText(os, layer.function);
  os << "</p>\n";
  printStates(os, layer);
  os << "<dl>";
  printFigure(os, "dead units", number("%.1f %%", 100 * layer.deadUnits()));
  printFigure(os, "zeros", number("%.1f %%", 100 * layer.zeroShare()));
  printFigure(os, "saturated",
              saturates ? number("%.1f %%", 100 * layer.saturatedShare())
                        : "no such bound");
  printFigure(os, "mean", number("%.4g", layer.mean()));
  printFigure(os, "std", number("%.4g", std::sqrt(layer.variance())));
  printFigure(os, "range",
              number("%.4g", layer.least()) + " to " +
                  number("%.4g", layer.greatest()));
  os << "</dl>\n";
  printHistogram(os, layer);
  os << "</section>\n";
}

void run::writeMonitorPage(raw_ostream &os, const NetworkStatistics &statistics,
                           StringRef model, StringRef samples,
                           mlir::MLIRContext &context) {
  os << kHead << "<h1>Activations of ";
  printText(os, model);
  os << "</h1>\n<p>";
  printText(os, samples);
  os << ". Units:";
  for (const StateText &state : kStateTexts)
    os << "<span class=\"key " << state.style << "\"></span>" << state.text;
  os << "</p>\n<main>\n";
  for (const LayerStatistics &layer : statistics)
    printLayer(os, layer, canSaturate(layer, context));
  os << "</main>\n</body>\n</html>\n";
}
