//===- Metric.cpp - How good a network is on labels -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Metric.h"

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cmath>
#include <map>

using namespace llvm;
using namespace vox;
using namespace vox::execution;

static Error makeError(const Twine &place, const Twine &message) {
  return createStringError(place + ": error: " + message);
}

std::optional<Metric> execution::parseMetric(StringRef name) {
  return StringSwitch<std::optional<Metric>>(name)
      .Case("rmse", Metric::RMSE)
      .Case("accuracy", Metric::Accuracy)
      .Case("dice", Metric::Dice)
      .Default(std::nullopt);
}

StringRef execution::getName(Metric metric) {
  switch (metric) {
  case Metric::RMSE:
    return "rmse";
  case Metric::Accuracy:
    return "accuracy";
  case Metric::Dice:
    return "dice";
  }
  llvm_unreachable("unknown metric");
}

double Labels::least() const {
  double least = INFINITY;
  for (const std::vector<double> &sample : values)
    for (double x : sample)
      least = std::min(least, x);
  return least;
}

double Labels::greatest() const {
  double greatest = -INFINITY;
  for (const std::vector<double> &sample : values)
    for (double x : sample)
      greatest = std::max(greatest, x);
  return greatest;
}

//===----------------------------------------------------------------------===//
// Classes along dimension 1
//===----------------------------------------------------------------------===//

/// As `Labels::classes`.
static int64_t countClasses(const TensorInfo &output) {
  bool hasScores =
      output.isFloat() && output.shape.size() > 1 && output.shape[1] > 1;
  return hasScores ? output.shape[1] : 0;
}

/// What a NaN says: no map holds it.
static constexpr double kNoClass = -INFINITY;

/// The class with the greatest score at each position.
static std::vector<double> pickClasses(const Tensor &output, int64_t classes) {
  size_t stride = 1;
  for (int64_t extent : ArrayRef(output.shape).drop_front(2))
    stride *= extent;
  std::vector<double> picked;
  for (size_t row = 0; row < output.data.size(); row += classes * stride)
    for (size_t i = row; i < row + stride; ++i) {
      int64_t best = 0;
      bool isNaN = false;
      for (int64_t c = 0; c < classes; ++c) {
        isNaN |= std::isnan(output.data[i + c * stride]);
        if (output.data[i + c * stride] > output.data[i + best * stride])
          best = c;
      }
      picked.push_back(isNaN ? kNoClass : double(best));
    }
  return picked;
}

/// Classes, whether the output is scores, classes or a probability of class 1.
static std::vector<double> toClasses(const Tensor &output, int64_t classCount) {
  if (classCount > 0)
    return pickClasses(output, classCount);
  std::vector<double> classes = output.data;
  for (double &x : classes)
    x = std::isnan(x) ? kNoClass : std::nearbyint(x);
  return classes;
}

//===----------------------------------------------------------------------===//
// CSV
//===----------------------------------------------------------------------===//

/// "a.nii.gz" and "a" are one sample.
static StringRef dropSuffix(StringRef name) {
  for (StringRef suffix : {".npy", ".raw", ".nii", ".nii.gz"})
    if (name.consume_back(suffix))
      break;
  return name;
}

/// Numbers by sample, `count` each.
static Expected<StringMap<std::vector<double>>> readTable(StringRef path,
                                                          size_t count) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return makeError(path, "can't be read: " + buffer.getError().message());
  SmallVector<StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n');
  StringMap<std::vector<double>> table;
  double number;
  for (auto [i, line] : enumerate(lines)) {
    line = line.trim();
    if (line.empty())
      continue;
    std::string place = (path + ":" + Twine(i + 1)).str();
    SmallVector<StringRef> fields;
    line.split(fields, ',');
    if (i == 0) {
      if (fields.size() > 1 && to_float(fields[1].trim(), number))
        return makeError(place, "holds numbers; expected a header such as "
                                "sample,value");
      continue;
    }
    if (fields.size() < count + 1)
      return makeError(place, "has " + Twine(fields.size() - 1) +
                                  " values; expected " + Twine(count) +
                                  ", as the first output wants");
    std::vector<double> values;
    for (StringRef field : ArrayRef(fields).slice(1, count)) {
      if (!to_float(field.trim(), number) || !std::isfinite(number))
        return makeError(place, "'" + field.trim() +
                                    "' is not a number; expected a finite one");
      values.push_back(number);
    }
    StringRef name = dropSuffix(fields[0].trim());
    if (!table.try_emplace(name, std::move(values)).second)
      return makeError(place, "sample \"" + name +
                                  "\" is given twice; expected one line for "
                                  "each sample");
  }
  return table;
}

static Expected<Labels> readValues(StringRef path, Metric metric,
                                   ArrayRef<Sample> samples,
                                   const TensorInfo &output) {
  size_t elements = *numElements(output.shape);
  int64_t classes = countClasses(output);
  if (metric == Metric::Accuracy && output.isFloat() &&
      (classes == 0 || elements != size_t(output.shape[0] * classes)))
    return makeError(path, "--metric=accuracy wants the first output to be "
                           "scores of two or more classes; output \"" +
                               Twine(output.name) + "\" is " +
                               formatShape(output.shape));
  bool isRow = metric == Metric::Accuracy && classes > 0;
  auto table = readTable(path, isRow ? elements / classes : elements);
  if (!table)
    return table.takeError();
  Labels labels{metric, isRow ? classes : 0, {}};
  for (const Sample &sample : samples) {
    auto found = table->find(sample.name);
    if (found == table->end())
      return makeError(path, "has no line for sample \"" + sample.name +
                                 "\"; expected one for each sample");
    for (double x : found->second)
      if (isRow && (x != std::trunc(x) || x < 0 || x >= classes)) {
        std::string text;
        raw_string_ostream os(text);
        printNumber(os, x);
        return makeError(path, "sample \"" + sample.name + "\" has class " +
                                   text + "; expected an integer from 0 to " +
                                   Twine(classes - 1));
      }
    labels.values.push_back(found->second);
  }
  return labels;
}

//===----------------------------------------------------------------------===//
// Label maps
//===----------------------------------------------------------------------===//

static Error checkClasses(StringRef path, const Tensor &map) {
  if (all_of(map.data, [](double x) { return std::isfinite(x); }))
    return Error::success();
  return makeError(path, "holds infinities or NaN; expected the number of a "
                         "class at each position");
}

/// A map of classes, in whichever type and with or without dimensions of extent
/// 1 in front it is stored.
static Expected<Tensor> readMap(StringRef path, ArrayRef<int64_t> spatial) {
  SmallVector<int64_t> shape(spatial);
  // What is wrong, and how many types are told so. What is not about the type
  // is told to the file's own type alone.
  std::map<std::string, unsigned> faults;
  for (int i = 0; i < 3; ++i) {
    for (int32_t type : {VOX_UINT8, VOX_INT8, VOX_INT16, VOX_UINT16, VOX_INT32,
                         VOX_INT64, VOX_FLOAT32, VOX_BOOL}) {
      Expected<Tensor> map =
          readTensor(path, TensorInfo{"labels", shape, type}, /*wide=*/true);
      if (map) {
        if (Error error = checkClasses(path, *map))
          return std::move(error);
        return map;
      }
      std::string message = toString(map.takeError());
      if (i == 0)
        ++faults[StringRef(message).rsplit("; expected ").first.str()];
    }
    shape.insert(shape.begin(), 1);
  }
  auto rarest =
      min_element(faults, [](auto &a, auto &b) { return a.second < b.second; });
  std::string extents = spatial.empty() ? "1" : formatShape(spatial);
  return createStringError(rarest->first + "; expected a map of " + extents +
                           " in any type");
}

static Expected<Labels> readMaps(StringRef folder, ArrayRef<Sample> samples,
                                 const TensorInfo &output) {
  if (!sys::fs::is_directory(folder))
    return makeError(folder, "is no folder; expected one of label maps "
                             "NAME.npy, .nii or .nii.gz for --metric=dice");
  if (output.shape.size() < 3 || output.shape[0] != 1)
    return makeError(folder, "--metric=dice wants the first output to be a map "
                             "of one sample; output \"" +
                                 Twine(output.name) + "\" is " +
                                 formatShape(output.shape));
  int64_t classes = countClasses(output);
  ArrayRef<int64_t> spatial =
      ArrayRef(output.shape)
          .drop_front(classes > 0 ? 2 : 1)
          .drop_while([](int64_t extent) { return extent == 1; });
  Labels labels{Metric::Dice, classes, {}};
  for (const Sample &sample : samples) {
    std::string path;
    for (StringRef suffix : {".npy", ".nii", ".nii.gz"}) {
      SmallString<128> file(folder);
      sys::path::append(file, sample.name + suffix);
      if (path.empty() && sys::fs::exists(file))
        path = file.str().str();
    }
    if (path.empty())
      return makeError(folder, "holds no label map for sample \"" +
                                   sample.name +
                                   "\"; expected NAME.npy, .nii or .nii.gz");
    Expected<Tensor> map = readMap(path, spatial);
    if (!map)
      return map.takeError();
    labels.values.push_back(std::move(map->data));
  }
  return labels;
}

Expected<Labels> execution::readLabels(StringRef path, Metric metric,
                                       ArrayRef<Sample> samples,
                                       const TensorInfo &output) {
  return metric == Metric::Dice ? readMaps(path, samples, output)
                                : readValues(path, metric, samples, output);
}

//===----------------------------------------------------------------------===//
// Metrics
//===----------------------------------------------------------------------===//

static double computeDice(const Labels &labels, ArrayRef<Tensor> outputs) {
  struct Overlap {
    double both = 0, sizes = 0;
  };
  std::map<double, Overlap> classes;
  for (auto [truth, output] : zip_equal(labels.values, outputs))
    for (auto [expected, got] :
         zip_equal(truth, toClasses(output, labels.classes))) {
      ++classes[expected].sizes;
      ++classes[got].sizes;
      if (expected == got)
        ++classes[got].both;
    }
  classes.erase(0);
  double sum = 0;
  for (auto &[label, overlap] : classes)
    sum += 2 * overlap.both / overlap.sizes;
  return classes.empty() ? 1 : sum / classes.size();
}

double execution::compute(const Labels &labels, ArrayRef<Tensor> outputs) {
  if (labels.metric == Metric::Dice)
    return computeDice(labels, outputs);
  double sum = 0, count = 0;
  for (auto [truth, output] : zip_equal(labels.values, outputs)) {
    bool isRMSE = labels.metric == Metric::RMSE;
    std::vector<double> got =
        isRMSE ? output.data : toClasses(output, labels.classes);
    for (auto [expected, x] : zip_equal(truth, got)) {
      sum += isRMSE ? (x - expected) * (x - expected) : x == expected;
      ++count;
    }
  }
  return labels.metric == Metric::RMSE ? std::sqrt(sum / count) : sum / count;
}
