//===- ActivationStatistics.cpp - What units do on samples ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Analysis/ActivationStatistics.h"

#include "llvm/Support/MemoryBuffer.h"

#include <cmath>

using namespace vox;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

//===----------------------------------------------------------------------===//
// Units and layers
//===----------------------------------------------------------------------===//

/// `count` of `from` at equal distances; all where there are no more.
static void appendThinned(std::vector<float> &to,
                          const std::vector<float> &from, size_t count) {
  for (size_t i = 0; i < count; ++i)
    to.push_back(from[i * from.size() / count]);
}

/// So many of each that both are equally dense among their elements, at most
/// kMaxSamples together.
static std::vector<float> mergeSamples(const UnitStatistics &a,
                                       const UnitStatistics &b) {
  double total = a.count + b.count, most = double(kMaxSamples);
  for (const UnitStatistics *unit : {&a, &b})
    if (unit->count > 0)
      most = std::min(most, double(unit->samples.size()) / unit->count * total);
  std::vector<float> merged;
  for (const UnitStatistics *unit : {&a, &b})
    appendThinned(merged, unit->samples,
                  std::min(unit->samples.size(),
                           size_t(std::llround(most * unit->count / total))));
  return merged;
}

void UnitStatistics::add(const UnitStatistics &other) {
  if (other.count == 0)
    return;
  if (count == 0) {
    *this = other;
    return;
  }
  samples = mergeSamples(*this, other);
  double total = count + other.count, difference = other.mean - mean;
  double squares = variance * count + other.variance * other.count +
                   difference * difference * count / total * other.count;
  mean += difference * (other.count / total);
  variance = squares / total;
  zeros += other.zeros;
  atLow += other.atLow;
  atHigh += other.atHigh;
  // A NaN stays one, whichever side it is on.
  bool isNaN = std::isnan(least) || std::isnan(other.least);
  least = isNaN ? NAN : std::min(least, other.least);
  greatest = isNaN ? NAN : std::max(greatest, other.greatest);
  count = total;
}

/// The units of a layer as one.
static UnitStatistics sum(const LayerStatistics &layer) {
  UnitStatistics total;
  for (const UnitStatistics &unit : layer.units) {
    UnitStatistics counts = unit;
    counts.samples.clear();
    total.add(counts);
  }
  return total;
}

static double share(double part, double whole) {
  return whole > 0 ? part / whole : 0.0;
}

double LayerStatistics::deadUnits() const {
  return share(
      llvm::count_if(units, [](const UnitStatistics &u) { return u.isDead(); }),
      units.size());
}
double LayerStatistics::zeroShare() const {
  UnitStatistics total = sum(*this);
  return share(total.zeros, total.count);
}
double LayerStatistics::saturatedShare() const {
  UnitStatistics total = sum(*this);
  return share(total.atLow + total.atHigh, total.count);
}
double LayerStatistics::mean() const { return sum(*this).mean; }
double LayerStatistics::variance() const { return sum(*this).variance; }
double LayerStatistics::least() const { return sum(*this).least; }
double LayerStatistics::greatest() const { return sum(*this).greatest; }

const LayerStatistics *vox::findLayer(const NetworkStatistics &statistics,
                                      llvm::StringRef layer) {
  auto found = llvm::find_if(
      statistics, [&](const LayerStatistics &l) { return l.layer == layer; });
  return found == statistics.end() ? nullptr : &*found;
}

SaturationBounds vox::getSaturationBounds(ActivationAttr function) {
  double low = function.lowerBound(), high = function.upperBound();
  bool hasLow = std::isfinite(low), hasHigh = std::isfinite(high);
  // ReLU's bound is 0, and relu6's too: that is what `zeros` counts.
  bool isRectifier = hasLow != hasHigh || mlir::isa<ClipAttr>(function);
  double distance = 0.01 * (hasLow && hasHigh ? high - low
                            : hasLow          ? std::fabs(low)
                                              : std::fabs(high));
  SaturationBounds bounds;
  if (hasLow && !(low == 0 && isRectifier))
    bounds.low = low + distance;
  if (hasHigh && !(high == 0 && isRectifier))
    bounds.high = high - distance;
  return bounds;
}

//===----------------------------------------------------------------------===//
// Names of outputs
//===----------------------------------------------------------------------===//

static constexpr llvm::StringLiteral kMonitor = "activation_statistics:";

std::string vox::formatMonitorName(const MonitorName &name) {
  return (kMonitor + name.function + ":" + llvm::Twine(name.count) + ":" +
          name.layer)
      .str();
}

std::optional<MonitorName> vox::parseMonitorName(llvm::StringRef name) {
  if (!name.consume_front(kMonitor))
    return std::nullopt;
  auto [function, rest] = name.split(':');
  auto [digits, layer] = rest.split(':');
  int64_t count;
  if (digits.getAsInteger(10, count) || count < 1)
    return std::nullopt;
  return MonitorName{function.str(), count, layer.str()};
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no infinities and no NaN: null.
static Value toJSON(double x) {
  return std::isfinite(x) ? Value(x) : Value(nullptr);
}

static Value toJSON(const UnitStatistics &unit) {
  Array samples;
  for (float x : unit.samples)
    samples.push_back(toJSON(double(x)));
  return Object{
      {"count", unit.count},          {"zeros", unit.zeros},
      {"atLow", unit.atLow},          {"atHigh", unit.atHigh},
      {"mean", toJSON(unit.mean)},    {"variance", toJSON(unit.variance)},
      {"min", toJSON(unit.least)},    {"max", toJSON(unit.greatest)},
      {"samples", std::move(samples)}};
}

static Value toJSON(const LayerStatistics &layer) {
  Array units;
  for (const UnitStatistics &unit : layer.units)
    units.push_back(toJSON(unit));
  return Object{{"layer", llvm::json::fixUTF8(layer.layer)},
                {"function", layer.function},
                {"deadUnits", layer.deadUnits()},
                {"zeroShare", layer.zeroShare()},
                {"saturatedShare", layer.saturatedShare()},
                {"mean", toJSON(layer.mean())},
                {"variance", toJSON(layer.variance())},
                {"min", toJSON(layer.least())},
                {"max", toJSON(layer.greatest())},
                {"units", std::move(units)}};
}

Value vox::toJSON(const NetworkStatistics &statistics) {
  Array layers;
  for (const LayerStatistics &layer : statistics)
    layers.push_back(::toJSON(layer));
  return Object{{"layers", std::move(layers)}};
}

/// A number, or NaN for null.
static bool readReal(const Value &value, double &x) {
  if (std::optional<double> number = value.getAsNumber())
    x = *number;
  else if (value.getAsNull())
    x = NAN;
  else
    return false;
  return true;
}

namespace vox {
// Found by llvm::json's readers, which name the place of what is wrong.
static bool fromJSON(const Value &value, UnitStatistics &unit,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper object(value, path);
  const Object *fields = value.getAsObject();
  auto real = [&](llvm::StringRef name, double &x) {
    const Value *field = fields->get(name);
    if (field && readReal(*field, x))
      return true;
    path.field(name).report("expected number or null");
    return false;
  };
  if (!object || !object.map("count", unit.count) ||
      !object.map("zeros", unit.zeros) || !object.map("atLow", unit.atLow) ||
      !object.map("atHigh", unit.atHigh) || !real("mean", unit.mean) ||
      !real("variance", unit.variance) || !real("min", unit.least) ||
      !real("max", unit.greatest))
    return false;
  const Array *samples = fields->getArray("samples");
  if (!samples) {
    path.field("samples").report("expected array");
    return false;
  }
  for (auto [i, sample] : llvm::enumerate(*samples)) {
    double x;
    if (!readReal(sample, x)) {
      path.field("samples").index(i).report("expected number or null");
      return false;
    }
    unit.samples.push_back(float(x));
  }
  return true;
}

static bool fromJSON(const Value &value, LayerStatistics &layer,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper object(value, path);
  return object && object.map("layer", layer.layer) &&
         object.map("function", layer.function) &&
         object.map("units", layer.units);
}
} // namespace vox

/// Whether brackets enclose one another more than `most` deep: llvm::json
/// recurses for each.
static bool isDeeperThan(llvm::StringRef json, unsigned most) {
  unsigned depth = 0;
  bool isString = false;
  for (size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    if (c == '"')
      isString = !isString;
    else if (isString)
      i += c == '\\'; // what is escaped may be a quote
    else if (c == '[' || c == '{') {
      if (++depth > most)
        return true;
    } else if (depth > 0 && (c == ']' || c == '}'))
      --depth;
  }
  return false;
}

static llvm::Expected<NetworkStatistics> parseStatistics(llvm::StringRef json) {
  constexpr unsigned most = 64;
  if (isDeeperThan(json, most))
    return llvm::createStringError("brackets enclose one another more than %u "
                                   "deep; expected an object \"layers\"",
                                   most);
  llvm::Expected<Value> value = llvm::json::parse(json);
  if (!value)
    return value.takeError();
  llvm::json::Path::Root root("statistics");
  llvm::json::ObjectMapper object(*value, root);
  NetworkStatistics statistics;
  if (!object || !object.map("layers", statistics))
    return root.getError();
  return statistics;
}

llvm::Expected<NetworkStatistics> vox::readStatistics(llvm::StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file)
    return llvm::createStringError("can't be read: " +
                                   file.getError().message());
  llvm::Expected<NetworkStatistics> statistics =
      parseStatistics((*file)->getBuffer());
  if (!statistics)
    return llvm::createStringError("is not what vox-run --monitor writes: " +
                                   llvm::toString(statistics.takeError()));
  return statistics;
}
