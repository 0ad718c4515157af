//===- ActivationReportPage.cpp - A report as a page ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One HTML file without scripts: a table, and bars as inline SVG, in the
// colours that the reader prefers, light or dark.
//
//===----------------------------------------------------------------------===//

#include "ReportText.h"
#include "vox/Execution/ActivationReport.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace vox;
using namespace vox::execution;

static constexpr StringLiteral kStyle = R"(
:root { color-scheme: light dark; --text: #1c2127; --soft: #5f6b7c;
  --back: #ffffff; --line: #d3d8de; --one: #2d72d2; --two: #c87619; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e5e8eb; --soft: #abb3bf; --back: #1c2127; --line: #404854;
    --one: #4c90f0; --two: #ec9a3c; } }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--text);
  background: var(--back); max-width: 75em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .3em .55em; font-size: 13px;
  white-space: nowrap;  border-bottom: 1px solid var(--line); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--text); font-size: 13px; }
.one { fill: var(--one); } .two { fill: var(--two); }
p { color: var(--soft); }
)";

namespace {

/// A number of two series with its name.
struct Bar {
  std::string name;
  double one, two;
};

class Page {
public:
  explicit Page(raw_ostream &os) : os(os) {}
  void print(const ActivationReport &report);

private:
  void printSummary(const ActivationReport &report);
  void printLayers(const ActivationReport &report);
  void printNorms(const ActivationReport &report);
  void printDeviations(const ActivationReport &report);
  void printMetric(const ActivationReport &report);
  void printBars(StringRef title, ArrayRef<Bar> bars);
  void printHead(ArrayRef<StringRef> texts, ArrayRef<StringRef> numbers);
  void text(StringRef cell);
  void number(double x);

  raw_ostream &os;
};

} // namespace

static std::string escapeHTML(StringRef name) {
  std::string text;
  raw_string_ostream os(text);
  printHTMLEscaped(escape(name), os);
  return text;
}

void Page::text(StringRef cell) { os << "<td>" << escapeHTML(cell) << "</td>"; }
void Page::number(double x) {
  os << "<td class=\"n\">" << formatNumber(x, "&ndash;") << "</td>";
}

void Page::printHead(ArrayRef<StringRef> texts, ArrayRef<StringRef> numbers) {
  os << "<div class=\"wide\"><table><tr>";
  for (StringRef name : texts)
    os << "<th>" << name << "</th>";
  for (StringRef name : numbers)
    os << "<th class=\"n\">" << name << "</th>";
  os << "</tr>\n";
}

/// Horizontal bars from 0, one or two for each name, all to one scale.
void Page::printBars(StringRef title, ArrayRef<Bar> bars) {
  constexpr int nameWidth = 300, barWidth = 460, thickness = 14, gap = 10;
  double greatest = 0;
  size_t lines = 0;
  for (const Bar &bar : bars)
    for (double x : {bar.one, bar.two}) {
      lines += !std::isnan(x);
      if (std::isfinite(x))
        greatest = std::max(greatest, x);
    }
  os << format("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" "
               "aria-label=\"",
               nameWidth + barWidth + 90,
               int(lines * thickness) + int(bars.size()) * gap + gap,
               nameWidth + barWidth + 90)
     << escapeHTML(title) << "\">\n";
  int y = gap;
  for (const Bar &bar : bars) {
    // The end of a path says more than its beginning.
    StringRef name = bar.name;
    constexpr size_t longest = 40;
    std::string shown = name.size() <= longest
                            ? name.str()
                            : "..." + name.take_back(longest - 3).str();
    os << format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", nameWidth - 8,
                 y + thickness - 3)
       << escapeHTML(shown) << "</text>\n";
    for (auto [x, style] :
         {std::pair(bar.one, "one"), std::pair(bar.two, "two")}) {
      if (std::isnan(x))
        continue;
      double share = greatest > 0 ? std::min(x / greatest, 1.0) : 0;
      os << format("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" "
                   "height=\"%d\"/><text x=\"%.1f\" y=\"%d\">",
                   style, nameWidth, y, std::max(share * barWidth, 1.0),
                   thickness - 2, nameWidth + share * barWidth + 6,
                   y + thickness - 3)
         << formatNumber(x) << "</text>\n";
      y += thickness;
    }
    y += gap;
  }
  os << "</svg>\n";
}

void Page::printSummary(const ActivationReport &report) {
  size_t replaced = count_if(report.layers, [](const LayerChange &layer) {
    return layer.replacement.declined.empty();
  });
  os << "<p>" << replaced << " of " << report.activations
     << " activations replaced";
  if (!report.norms.empty())
    os << ", " << report.norms.size() << " batch norms recalibrated";
  if (report.samples > 0)
    os << "; measured on " << countSamples(report.samples) << ", "
       << formatNumber(report.msBefore) << " ms before, "
       << formatNumber(report.msAfter) << " ms after";
  os << ".</p>\n";
}

void Page::printLayers(const ActivationReport &report) {
  os << "<h2>Layers</h2>\n";
  printHead({"layer", "role", "from", "to", "kind", "why"},
            {"deviation", "recalibrated", "Mops before", "after", "ms before",
             "after"});
  for (const LayerChange &layer : report.layers) {
    const Replacement &change = layer.replacement;
    os << "<tr>";
    text(change.layer);
    text(getName(change.role));
    text(formatActivation(change.from));
    text(change.declined.empty() ? formatActivation(change.to) : "kept");
    text(describe(change.difference));
    text(explain(change));
    for (double x : {layer.deviation.replaced, layer.deviation.recalibrated,
                     1e-6 * layer.opsBefore, 1e-6 * layer.opsAfter,
                     layer.msBefore, layer.msAfter})
      number(x);
    os << "</tr>\n";
  }
  os << "</table></div>\n";
}

void Page::printNorms(const ActivationReport &report) {
  os << "<h2>Batch norms</h2>\n";
  printHead({"layer"}, {"mean moved by (std)", "variance by factor"});
  for (const RecalibratedNorm &norm : report.norms) {
    os << "<tr>";
    text(norm.layer);
    number(norm.shift);
    number(norm.ratio);
    os << "</tr>\n";
  }
  os << "</table></div>\n";
}

void Page::printDeviations(const ActivationReport &report) {
  std::vector<Bar> bars;
  for (const LayerChange &layer : report.layers)
    bars.push_back({layer.replacement.layer, layer.deviation.replaced,
                    layer.deviation.recalibrated});
  for (const ActivationReport::Output &output : report.outputs)
    bars.push_back({"output " + output.name, output.deviation.replaced,
                    output.deviation.recalibrated});
  os << "<h2>Deviation from the original network</h2>\n"
        "<p>Root mean square of the difference over that of the original "
        "value: <b style=\"color:var(--one)\">replaced</b>, "
        "<b style=\"color:var(--two)\">recalibrated</b>.</p>\n";
  printBars("deviation by layer", bars);
}

void Page::printMetric(const ActivationReport &report) {
  StringRef name = getName(*report.metric);
  os << "<h2>" << name << " on the labels</h2>\n<p>"
     << (*report.metric == Metric::RMSE ? "Less" : "More")
     << " is better.</p>\n";
  std::vector<Bar> bars{{"before", report.metricBefore, NAN}};
  if (!std::isnan(report.metricAfter.replaced))
    bars.push_back({"replaced", report.metricAfter.replaced, NAN});
  if (!std::isnan(report.metricAfter.recalibrated))
    bars.push_back({"recalibrated", NAN, report.metricAfter.recalibrated});
  printBars(name, bars);
}

void Page::print(const ActivationReport &report) {
  os << "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
     << escapeHTML(report.network) << ": activations</title>\n<style>" << kStyle
     << "</style></head><body>\n<h1>Activations of "
     << escapeHTML(report.network) << "</h1>\n";
  printSummary(report);
  if (report.metric && report.samples > 0)
    printMetric(report);
  if (report.samples > 0)
    printDeviations(report);
  if (!report.layers.empty())
    printLayers(report);
  if (!report.norms.empty())
    printNorms(report);
  os << "</body></html>\n";
}

void execution::printPage(raw_ostream &os, const ActivationReport &report) {
  Page(os).print(report);
}
