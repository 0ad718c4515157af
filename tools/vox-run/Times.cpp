//===- Times.cpp - Measuring runs -----------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Times.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cmath>
#include <numeric>

using namespace llvm;
using namespace vox;
using namespace vox::run;

Expected<std::vector<Time>> run::measure(const Measurement &measurement,
                                         function_ref<Error()> run,
                                         function_ref<void()> begin) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point origin = Clock::now();
  auto elapsed = [&] {
    return std::chrono::duration<double, std::milli>(Clock::now() - origin)
        .count();
  };
  while (elapsed() < measurement.warmUp)
    if (Error error = run())
      return std::move(error);

  begin();
  origin = Clock::now();
  std::vector<Time> times;
  while (times.size() < measurement.iterations ||
         elapsed() < measurement.duration * 1000) {
    double start = elapsed();
    if (Error error = run())
      return std::move(error);
    times.push_back({start, elapsed() - start});
  }
  return std::move(times);
}

void run::printTimes(raw_ostream &os, ArrayRef<Time> times,
                     ArrayRef<double> percentiles) {
  std::vector<double> sorted;
  for (const Time &time : times)
    sorted.push_back(time.latency);
  llvm::sort(sorted);
  size_t count = sorted.size();
  double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
  os << format("min %.4g ms, median %.4g ms, mean %.4g ms", sorted.front(),
               median, mean);
  for (double percentile : percentiles) {
    size_t rank = std::ceil(percentile / 100 * count);
    os << format(", p%g %.4g ms", percentile,
                 sorted[std::max<size_t>(rank, 1) - 1]);
  }
  os << " (" << count << (count == 1 ? " run)" : " runs)");
}

void run::writeTimes(raw_ostream &os, ArrayRef<Time> times) {
  json::OStream json(os, /*IndentSize=*/1);
  auto addTime = [&](StringRef key, double milliseconds) {
    json.attributeBegin(key);
    json.rawValue([&](raw_ostream &os) {
      os << format("%.6f", milliseconds); // to the nanosecond
    });
    json.attributeEnd();
  };
  json.array([&] {
    for (const Time &time : times)
      json.object([&] {
        addTime("startMs", time.start);
        addTime("latencyMs", time.latency);
      });
  });
  os << '\n';
}
