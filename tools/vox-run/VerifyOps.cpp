//===- VerifyOps.cpp - Comparing every launch with the reference ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerifyOps.h"

#include "vox/Analysis/Work.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <limits>
#include <thread>

using namespace llvm;
using namespace vox;
using namespace vox::run;
using mlir::RankedTensorType;

//===----------------------------------------------------------------------===//
// The two sides
//===----------------------------------------------------------------------===//

static constexpr int32_t kEnd = std::numeric_limits<int32_t>::max();

void OpsVerifier::observe(void *self, int32_t launch, int64_t, int64_t,
                          const void *result) {
  static_cast<OpsVerifier *>(self)->show(launch, result);
}

void OpsVerifier::show(int32_t launch, const void *result) {
  std::unique_lock<std::mutex> lock(mutex);
  shown = launch;
  shownResult = result;
  changed.notify_all();
  changed.wait(lock, [&] { return wanted > launch; });
}

const void *OpsVerifier::await(int32_t launch) {
  std::unique_lock<std::mutex> lock(mutex);
  wanted = launch;
  changed.notify_all();
  changed.wait(lock, [&] { return shown >= launch; });
  return shown == launch ? shownResult : nullptr;
}

void OpsVerifier::finish(int32_t &side) {
  std::lock_guard<std::mutex> lock(mutex);
  side = kEnd;
  changed.notify_all();
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

namespace {
/// Where the elements [a, b, rest...] of a tensor lie: blocks of `inner` of the
/// second dimension, inside blocks of `outer` of the first one.
struct Blocks {
  int64_t outer = 1, inner = 1;

  explicit Blocks(RankedTensorType type) : inner(getBlock(type)) {
    if (auto layout = dyn_cast_or_null<WeightLayoutAttr>(type.getEncoding())) {
      outer = layout.getOutputBlock();
      inner = layout.getInputBlock();
    }
  }
};
} // namespace

/// The elements of a launch's result in row-major order. `padding` becomes the
/// number of padding lanes that are not zero.
static Tensor unblock(RankedTensorType type, const void *result,
                      size_t &padding) {
  int32_t elements = getElementType(type.getElementType())->code;
  int64_t physical = 1;
  for (int64_t extent : physicalShape(type))
    physical *= extent;
  std::vector<double> data = unpackElements(result, elements, physical);
  ArrayRef<int64_t> shape = type.getShape();
  padding = 0;
  if (!type.getEncoding())
    return {SmallVector<int64_t>(shape), std::move(data)};

  Blocks blocks(type);
  int64_t rest = 1;
  for (int64_t extent : shape.drop_front(2))
    rest *= extent;
  int64_t columns = divideCeil(shape[1], blocks.inner);
  Tensor tensor{SmallVector<int64_t>(shape), {}};
  tensor.data.reserve(*numElements(shape));
  size_t nonZero = count_if(data, [](double x) { return x != 0.0; });
  size_t inside = 0;
  for (int64_t a = 0; a < shape[0]; ++a)
    for (int64_t b = 0; b < shape[1]; ++b)
      for (int64_t k = 0; k < rest; ++k) {
        int64_t block = a / blocks.outer * columns + b / blocks.inner;
        int64_t lane = b % blocks.inner * blocks.outer + a % blocks.outer;
        double x =
            data[(block * rest + k) * blocks.inner * blocks.outer + lane];
        inside += x != 0.0;
        tensor.data.push_back(x);
      }
  padding = nonZero - inside;
  return tensor;
}

std::string OpsVerifier::findMismatch(const CompiledModel &model) const {
  SmallVector<LaunchWork> works = listLaunches(network);
  ArrayRef<vox_launch_info> infos = model.getLaunches();
  if (works.size() != infos.size())
    return (Twine(infos.size()) + " launches; its source has " +
            Twine(works.size()))
        .str();
  for (auto [i, work, info] : enumerate(works, infos)) {
    RankedTensorType type = typeOf(work.launch.getResult());
    bool weights = isa_and_nonnull<WeightLayoutAttr>(type.getEncoding());
    SmallVector<int64_t> shape =
        weights ? physicalShape(type) : SmallVector<int64_t>(type.getShape());
    if (work.launch.getKernel() != info.kernel ||
        getElementType(type.getElementType())->code != info.type ||
        getBlock(type) != info.block ||
        ArrayRef<int64_t>(shape) != ArrayRef(info.shape, info.rank))
      return ("launch " + Twine(i) + " of kernel " + info.kernel +
              "; its source has " + work.launch.getKernel())
          .str();
  }
  return "";
}

/// "1.23e-06", "0.5 absolute" where there is no RMS, "3 differ" of integers.
static std::string formatError(const Comparison &comparison) {
  std::string text;
  raw_string_ostream os(text);
  if (comparison.isExact)
    os << comparison.numDiffering << " differ";
  else
    os << format("%.2e", comparison.error)
       << (comparison.ofRMS ? "" : " absolute");
  return text;
}

/// One line of the table: the verdict on a launch and, where it is bad, why.
static void printRow(raw_ostream &os, LaunchWork &work, size_t width, bool good,
                     const Comparison &comparison, const Tensor &reference,
                     size_t padding) {
  os << "  " << left_justify(good ? "ok" : "FAILED", 7) << "  "
     << right_justify(formatError(comparison), 12) << "  "
     << left_justify(work.launch.getKernel(), width) << "  ";
  printEscapedString(work.layers, os);
  if (!good)
    os << ": " << describe(comparison, reference);
  if (padding > 0)
    os << "; " << padding << " padding lanes are not zero";
  os << '\n';
}

Expected<OpsVerifier::Outcome> OpsVerifier::run(raw_ostream &os,
                                                CompiledModel &model,
                                                ArrayRef<Tensor> inputs) {
  SmallVector<LaunchWork> works = listLaunches(network);
  DenseMap<mlir::Operation *, int32_t> numbers;
  size_t width = strlen("kernel");
  for (auto [i, work] : enumerate(works)) {
    numbers[work.launch] = i;
    width = std::max(width, work.launch.getKernel().size());
  }
  os << "verify: each launch, with its largest error of its RMS\n"
     << "  verdict         error  " << left_justify("kernel", width)
     << "  layers\n";

  std::string firstBad;
  size_t compared = 0, numBad = 0;
  auto compareLaunch = [&](mlir::Operation *op, const Tensor &reference) {
    auto found = numbers.find(op);
    if (found == numbers.end())
      return;
    const void *shownResult = await(found->second);
    if (!shownResult)
      return; // the model has failed, and says so below
    LaunchWork &work = works[found->second];
    RankedTensorType type = typeOf(work.launch.getResult());
    size_t padding;
    Tensor result = unblock(type, shownResult, padding);
    Comparison comparison =
        compare(result, reference, getElementType(type.getElementType())->code,
                tolerance);
    bool good = comparison.isWithinLimit() && padding == 0;
    printRow(os, work, width, good, comparison, reference, padding);
    ++compared;
    numBad += !good;
    if (!good && firstBad.empty())
      firstBad = work.layers;
  };

  Error error = Error::success();
  std::thread side([&] {
    ErrorAsOutParameter owned(error);
    error = model.run();
    finish(shown);
  });
  auto values = evaluate(network, inputs, compareLaunch);
  finish(wanted);
  side.join();
  if (error)
    return std::move(error);
  if (failed(values))
    return ReferenceFailed;
  if (numBad == 0) {
    os << "verify: " << compared << " launches: ok\n";
    return Good;
  }
  os << "verify: " << numBad << " of " << compared
     << " launches FAILED; the first layer that differs is \"";
  printEscapedString(firstBad, os);
  os << "\"\n";
  return Differs;
}
