//===- Profile.cpp - Times of each launch ---------------------------------===//
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

#include "Profile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace vox;
using namespace vox::run;

void Profile::observe(void *self, int32_t launch, int64_t beginNs,
                      int64_t endNs, const void *) {
  auto &profile = *static_cast<Profile *>(self);
  if (size_t(launch) >= profile.launches.size())
    profile.launches.resize(launch + 1);
  Launch &entry = profile.launches[launch];
  int64_t time = endNs - beginNs;
  entry.least = entry.runs == 0 ? time : std::min(entry.least, time);
  entry.sum += time;
  ++entry.runs;
  if (profile.keepEvents)
    profile.events.push_back({launch, beginNs, endNs});
}

void Profile::clear() {
  launches.clear();
  events.clear();
}

std::vector<Profile::Launch>
Profile::launchesOf(const CompiledModel &model) const {
  std::vector<Launch> all = launches;
  all.resize(model.getLaunches().size());
  return all;
}

//===----------------------------------------------------------------------===//
// Rates
//===----------------------------------------------------------------------===//

/// 10^9 per second.
static double rate(double amount, double ms) {
  return ms > 0 ? amount * 1e-6 / ms : 0.0;
}

/// With fewer operations per byte a processor waits for memory: its cores do
/// some ten in the time in which one byte arrives. Compiled programs print the
/// same table: lib/Runtime/Executable/Profile.c.
static constexpr double kComputeBoundFlopsPerByte = 8;

static bool isMemoryBound(const vox_launch_info &info) {
  return info.flops < kComputeBoundFlopsPerByte * info.bytes;
}

/// "81.2 GF/s", or "9.31 GB/s" where memory decides.
static std::string formatRate(const vox_launch_info &info, double ms) {
  bool memory = isMemoryBound(info);
  std::string text;
  raw_string_ostream(text) << format("%.4g %s",
                                     rate(memory ? info.bytes : info.flops, ms),
                                     memory ? "GB/s" : "GF/s");
  return text;
}

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

void Profile::print(raw_ostream &os, const CompiledModel &model) const {
  ArrayRef<vox_launch_info> infos = model.getLaunches();
  std::vector<Launch> times = launchesOf(model);
  double total = 0, flops = 0, bytes = 0;
  size_t width = strlen("kernel"), runs = 0;
  for (auto [info, time] : zip_equal(infos, times)) {
    total += time.meanMs();
    flops += info.flops;
    bytes += info.bytes;
    width = std::max(width, StringRef(info.kernel).size());
    runs = std::max(runs, time.runs);
  }
  os << "profile: mean and least times of " << runs
     << (runs == 1 ? " run" : " runs") << '\n'
     << "  mean ms    min ms  share         rate  "
     << left_justify("kernel", width) << "  layers\n";
  for (auto [info, time] : zip_equal(infos, times)) {
    os << format("%9.4f %9.4f %5.1f%%", time.meanMs(), time.minMs(),
                 total > 0 ? 100 * time.meanMs() / total : 0.0)
       << "  " << right_justify(formatRate(info, time.meanMs()), 12) << "  "
       << left_justify(info.kernel, width) << "  ";
    printEscapedString(info.layers, os);
    os << '\n';
  }
  os << format("total:  %.4f ms in %zu launches, %.4g GF, %.4g GF/s, %.4g GB, "
               "%.4g GB/s\n",
               total, infos.size(), 1e-9 * flops, rate(flops, total),
               1e-9 * bytes, rate(bytes, total))
     << "memory: arena " << model.getArenaBytes() << " bytes, scratch "
     << model.getWorkspaceBytes() - model.getArenaBytes() << " bytes, weights "
     << model.getWeightsBytes() << " bytes\n";
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static void writeWork(json::OStream &json, const vox_launch_info &info,
                      double ms) {
  json.attribute("flops", info.flops);
  json.attribute("bytes", info.bytes);
  json.attribute("gigaflopsPerSecond", rate(info.flops, ms));
  json.attribute("gigabytesPerSecond", rate(info.bytes, ms));
}

void Profile::writeJSON(raw_ostream &os, const CompiledModel &model) const {
  ArrayRef<vox_launch_info> infos = model.getLaunches();
  std::vector<Launch> times = launchesOf(model);
  double total = 0;
  for (const Launch &time : times)
    total += time.meanMs();
  json::OStream json(os, /*IndentSize=*/1);
  json.object([&] {
    json.attribute("model", json::fixUTF8(model.getName()));
    json.attribute("runs", int64_t(times.empty() ? 0 : times.front().runs));
    json.attribute("meanMs", total);
    json.attribute("arenaBytes", int64_t(model.getArenaBytes()));
    json.attribute("workspaceBytes", int64_t(model.getWorkspaceBytes()));
    json.attribute("weightsBytes", int64_t(model.getWeightsBytes()));
    json.attributeArray("launches", [&] {
      for (auto [info, time] : zip_equal(infos, times))
        json.object([&, &info = info, &time = time] {
          json.attribute("kernel", json::fixUTF8(info.kernel));
          json.attribute("layers", json::fixUTF8(info.layers));
          json.attribute("meanMs", time.meanMs());
          json.attribute("minMs", time.minMs());
          json.attribute("share", total > 0 ? time.meanMs() / total : 0.0);
          writeWork(json, info, time.meanMs());
        });
    });
  });
  os << '\n';
}

void Profile::writeTrace(raw_ostream &os, const CompiledModel &model) const {
  ArrayRef<vox_launch_info> infos = model.getLaunches();
  json::OStream json(os, /*IndentSize=*/1);
  int64_t origin = events.empty() ? 0 : events.front().begin;
  auto addTime = [&](StringRef key, int64_t nanoseconds) {
    json.attributeBegin(key);
    json.rawValue([&](raw_ostream &os) { // microseconds
      os << nanoseconds / 1000 << format(".%03d", int(nanoseconds % 1000));
    });
    json.attributeEnd();
  };
  int64_t run = -1;
  json.object([&] {
    json.attribute("displayTimeUnit", "ms");
    json.attributeArray("traceEvents", [&] {
      for (const Event &event : events) {
        const vox_launch_info &info = infos[event.launch];
        run += event.launch == 0;
        json.object([&] {
          json.attribute("name", json::fixUTF8(info.layers));
          json.attribute("cat", "launch");
          json.attribute("ph", "X"); // a complete event: begin and duration
          json.attribute("pid", 1);
          json.attribute("tid", 1);
          addTime("ts", event.begin - origin);
          addTime("dur", event.end - event.begin);
          json.attributeObject("args", [&] {
            json.attribute("run", run);
            json.attribute("launch", event.launch);
            json.attribute("kernel", json::fixUTF8(info.kernel));
            writeWork(json, info, 1e-6 * (event.end - event.begin));
          });
        });
      }
    });
  });
  os << '\n';
}
