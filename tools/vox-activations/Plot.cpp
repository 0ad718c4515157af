//===- Plot.cpp - A picture of an activation ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A curve is cut where it jumps. Colours follow the reader's colour scheme; the
// picture has a background of its own, because the page around it need not.
//
//===----------------------------------------------------------------------===//

#include "Plot.h"

#include "Exhaustive.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cmath>

using namespace llvm;
using namespace vox;
using namespace vox::activations;

// In the units of the function.
static constexpr double kEnd = 6, kStep = 0.05;
/// Between neighbours a smooth curve here moves by less, a jump by more.
static constexpr double kJump = 0.15;

// In pixels.
static constexpr double kWidth = 520, kHeight = 320;
static constexpr double kLeft = 44, kRight = 14, kTop = 36, kBottom = 28;

namespace {
struct Point {
  double x, y;
};

class Plot {
public:
  explicit Plot(ActivationAttr function);
  void print(raw_ostream &os) const;

private:
  double across(double x) const {
    return kLeft + (x + kEnd) / (2 * kEnd) * (kWidth - kLeft - kRight);
  }
  double down(double y) const {
    return kTop + (top - y) / (top - bottom) * (kHeight - kTop - kBottom);
  }
  void printAxes(raw_ostream &os) const;
  void printCurve(raw_ostream &os, StringRef style,
                  const std::vector<Point> &curve) const;

  std::string name;
  std::vector<Point> values, slopes;
  /// The ends of the vertical axis, which are multiples of `tick`.
  double bottom = 0, top = 0, tick = 1;
};
} // namespace

Plot::Plot(ActivationAttr function) : name(formatActivation(function)) {
  double parameter = getExampleParameter(function);
  if (function.takesParameter())
    name += formatv(", parameter {0}", format("%g", parameter));
  auto value = [&](double x) { return function.evaluate(x, parameter); };
  int count = std::lround(2 * kEnd / kStep);
  for (int i = 0; i <= count; ++i) {
    double x = -kEnd + i * kStep;
    values.push_back({x, value(x)});
    // Between the points, where no function of ours has a corner.
    double middle = x + kStep / 2;
    constexpr double h = 1e-5;
    if (i < count)
      slopes.push_back(
          {middle, (value(middle + h) - value(middle - h)) / (2 * h)});
  }
  double least = 0, most = 0;
  for (const auto *curve : {&values, &slopes})
    for (Point point : *curve) {
      least = std::min(least, point.y);
      most = std::max(most, point.y);
    }
  while (tick > 0.25 && (most - least) / tick < 4)
    tick /= 2;
  while ((most - least) / tick > 9)
    tick *= 2;
  // Softplus exceeds 6 by less than a line's width.
  bottom = std::floor(least / tick + 0.01) * tick;
  top = std::ceil(most / tick - 0.01) * tick;
}

void Plot::printAxes(raw_ostream &os) const {
  auto line = [&](double x0, double y0, double x1, double y1, bool isAxis) {
    os << formatv("<line class=\"{0}\" x1=\"{1:f1}\" y1=\"{2:f1}\" "
                  "x2=\"{3:f1}\" y2=\"{4:f1}\"/>\n",
                  isAxis ? "axis" : "grid", x0, y0, x1, y1);
  };
  auto label = [&](double x, double y, StringRef anchor, double number) {
    os << formatv("<text x=\"{0:f1}\" y=\"{1:f1}\" text-anchor=\"{2}\">{3}"
                  "</text>\n",
                  x, y, anchor, format("%g", number));
  };
  for (int i = -int(kEnd); i <= int(kEnd); i += 2) {
    line(across(i), kTop, across(i), kHeight - kBottom, i == 0);
    label(across(i), kHeight - kBottom + 17, "middle", i);
  }
  for (int i = std::lround(bottom / tick); i <= std::lround(top / tick); ++i) {
    line(kLeft, down(i * tick), kWidth - kRight, down(i * tick), i == 0);
    label(kLeft - 7, down(i * tick) + 4, "end", i * tick);
  }
}

void Plot::printCurve(raw_ostream &os, StringRef style,
                      const std::vector<Point> &curve) const {
  os << "<path class=\"" << style << "\" d=\"";
  double last = 0;
  bool isFirst = true;
  for (Point point : curve) {
    bool jumps = isFirst || std::fabs(point.y - last) > kJump;
    os << formatv("{0}{1:f1} {2:f1}", jumps ? "M" : "L", across(point.x),
                  down(point.y));
    last = point.y;
    isFirst = false;
  }
  os << "\"/>\n";
}

void Plot::print(raw_ostream &os) const {
  os << formatv("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
                "height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\">\n"
                "<title>{2} and its derivative</title>\n",
                kWidth, kHeight, name);
  os << R"(<style>
text { font: 12px sans-serif; fill: #24292f }
.back { fill: #ffffff; stroke: #d0d7de }
.grid { stroke: #e4e8ec }
.axis { stroke: #6e7781 }
.value, .slope { fill: none; stroke-width: 2.2; stroke-linejoin: round }
.value { stroke: #0b5cc4 }
.slope { stroke: #b94700; stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .back { fill: #0d1117; stroke: #30363d }
  .grid { stroke: #262c36 }
  .axis { stroke: #8b949e }
  .value { stroke: #6cb0ff }
  .slope { stroke: #ff9e57 }
}
</style>
)";
  os << formatv("<rect class=\"back\" x=\"0.5\" y=\"0.5\" width=\"{0}\" "
                "height=\"{1}\" rx=\"6\"/>\n",
                kWidth - 1, kHeight - 1);
  printAxes(os);
  printCurve(os, "value", values);
  // On top: its dashes let a value of the same height through.
  printCurve(os, "slope", slopes);
  auto legend = [&](double x, StringRef style, StringRef text) {
    os << formatv("<path class=\"{0}\" d=\"M{1} 19h26\"/>"
                  "<text x=\"{2}\" y=\"23\">{3}</text>\n",
                  style, x, x + 33, text);
  };
  legend(kLeft, "value", name);
  legend(kWidth - kRight - 100, "slope", "derivative");
  os << "</svg>\n";
}

void vox::activations::printPlot(raw_ostream &os, ActivationAttr function) {
  Plot(function).print(os);
}
