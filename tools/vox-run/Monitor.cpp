//===- Monitor.cpp - What activations did on samples ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Monitor.h"

#include "Session.h"

#include "vox/Execution/Measure.h"
#include "vox/Pipelines/Progress.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using namespace vox;
using namespace vox::run;

//===----------------------------------------------------------------------===//
// Table
//===----------------------------------------------------------------------===//

static std::string percent(double share) {
  std::string text;
  raw_string_ostream(text) << format("%.2f%%", 100 * share);
  return text;
}

bool run::canSaturate(const LayerStatistics &layer,
                      mlir::MLIRContext &context) {
  context.loadDialect<VoxDialect>();
  Expected<ActivationAttr> known = parseActivation(layer.function, &context);
  if (!known) {
    consumeError(known.takeError());
    return true;
  }
  SaturationBounds bounds = getSaturationBounds(*known);
  return !std::isinf(bounds.low) || !std::isinf(bounds.high);
}

void run::printMonitor(raw_ostream &os, const NetworkStatistics &statistics,
                       mlir::MLIRContext &context) {
  size_t width = strlen("function");
  for (const LayerStatistics &layer : statistics)
    width = std::max(width, layer.function.size());
  os << "   units    dead    zeros  saturated        mean         std         "
        "min         max  "
     << left_justify("function", width) << "  layer\n";
  for (const LayerStatistics &layer : statistics) {
    size_t dead = count_if(
        layer.units, [](const UnitStatistics &unit) { return unit.isDead(); });
    bool saturates = canSaturate(layer, context);
    os << format("%8zu %7zu ", layer.units.size(), dead)
       << right_justify(percent(layer.zeroShare()), 8) << ' '
       << right_justify(saturates ? percent(layer.saturatedShare()) : "-", 10)
       << format(" %11.4g %11.4g %11.4g %11.4g  ", layer.mean(),
                 std::sqrt(layer.variance()), layer.least(), layer.greatest())
       << left_justify(layer.function, width) << "  ";
    printEscapedString(layer.layer, os);
    os << '\n';
  }
}

//===----------------------------------------------------------------------===//
// Session
//===----------------------------------------------------------------------===//

ExitCode Session::checkMonitors() {
  if (any_of(compiled->getSignature().outputs, isMonitor))
    return Done;
  if (source)
    return refuse("\"" + settings.model +
                  "\" has no activation that could be monitored");
  return refuse("\"" + settings.model +
                "\" has no monitors; expected a model that was compiled with "
                "voxc --monitor-activations");
}

ExitCode Session::monitor() {
  Expected<std::vector<SampleFiles>> files =
      listSamples(settings.monitorFolder, signature);
  if (!files)
    return report(files.takeError());
  if (!compiled)
    if (ExitCode code = compile())
      return code;
  if (ExitCode code = checkMonitors())
    return code;
  Progress progress("samples", files->size());
  Expected<NetworkStatistics> statistics = runMonitored(
      *compiled, files->size(),
      [&](size_t i) { return readSample((*files)[i], signature); },
      [&](size_t done) { progress.show(done); });
  if (!statistics)
    return reportRun(statistics.takeError(), *compiled);

  std::string samples = std::to_string(files->size()) +
                        (files->size() == 1 ? " sample of " : " samples of ") +
                        settings.monitorFolder;
  outs() << "monitor: " << samples << '\n';
  printMonitor(outs(), *statistics, context);
  for (const std::string &path : settings.exportMonitor)
    if (Error error = writeFile(path, [&](raw_ostream &os) {
          if (sys::path::extension(path) == ".json")
            os << formatv("{0:2}\n", toJSON(*statistics));
          else
            writeMonitorPage(os, *statistics, settings.model, samples, context);
        }))
      return report(std::move(error));
  return Done;
}
