//===- Exhaustive.cpp - A compiled activation on every float --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The activation goes the way of any network, from phase graph to a shared
// library, and runs on chunks of floats in the order of their bits. The float64
// reference is the same formula on Real; the inputs where they differ most are
// judged again by MPFR, which costs microseconds and not nanoseconds each.
//
//===----------------------------------------------------------------------===//

#include "Exhaustive.h"

#include "Multi.h"

#include "vox/Execution/CompiledModel.h"
#include "vox/Execution/Source.h"
#include "vox/Pipelines/Progress.h"
#include "vox/Pipelines/TemporaryFolder.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/WithColor.h"

#include <chrono>
#include <limits>
#include <mutex>
#include <thread>

using namespace llvm;
using namespace vox;
using namespace vox::activations;
using execution::CompiledModel;

using Clock = std::chrono::steady_clock;

static constexpr uint64_t kFloats = uint64_t(1) << 32;
/// Floats in one run of the kernel: inputs, results and reference stay in the
/// cache.
static constexpr int64_t kChunk = 1 << 16;

double vox::activations::getExampleParameter(ActivationAttr function) {
  return isa<PReluAttr>(function) ? 0.25 : 1.5;
}

/// Calls `body` with the attribute in its own class, which knows the formula.
template <typename Body>
static void withFormula(ActivationAttr function, Body body) {
  TypeSwitch<mlir::Attribute>(function)
      .Case<
#define GET_ATTRDEF_LIST
#include "vox/Dialect/Vox/IR/Activations.inc"
          >(body);
}

//===----------------------------------------------------------------------===//
// The kernel
//===----------------------------------------------------------------------===//

/// A network of the one activation.
static mlir::OwningOpRef<mlir::ModuleOp> makeNetwork(ActivationAttr function) {
  mlir::MLIRContext *context = function.getContext();
  mlir::Location loc = mlir::UnknownLoc::get(context);
  mlir::OpBuilder builder(context);
  auto module = mlir::ModuleOp::create(loc, "activation");
  auto type = mlir::RankedTensorType::get({kChunk}, builder.getF32Type());
  builder.setInsertionPointToEnd(module.getBody());
  auto network = mlir::func::FuncOp::create(
      builder, loc, "activation", builder.getFunctionType({type}, {type}));
  builder.setInsertionPointToStart(network.addEntryBlock());
  mlir::Value parameter;
  if (function.takesParameter()) {
    auto scalar = mlir::RankedTensorType::get({1}, builder.getF32Type());
    parameter = ConstantOp::create(
        builder, loc, scalar,
        mlir::DenseElementsAttr::get(
            scalar, static_cast<float>(getExampleParameter(function))));
  }
  mlir::Value result = ActivationOp::create(
      builder, loc, type, function, network.getArgument(0), parameter,
      builder.getStringAttr(formatActivation(function)));
  mlir::func::ReturnOp::create(builder, loc, result);
  return module;
}

/// Compiles the network into the shared library `path`.
static mlir::LogicalResult compile(ActivationAttr function,
                                   const CompileOptions &options,
                                   const std::string &path,
                                   bool &internalFault) {
  execution::Source source(makeNetwork(function));
  if (failed(source.lower(Phase::Graph, options, internalFault)))
    return mlir::failure();
  return source.compile(path, options, internalFault);
}

//===----------------------------------------------------------------------===//
// The inputs
//===----------------------------------------------------------------------===//

namespace {
/// Runs the kernel over all inputs.
class Sweep {
public:
  Sweep(ActivationAttr function, const ExhaustiveOptions &options,
        StringRef library)
      : function(function), parameter(getExampleParameter(function)),
        options(options), library(library),
        count((kFloats + options.step - 1) / options.step),
        progress(formatActivation(function) + ": chunk",
                 divideCeil(count, kChunk)) {}

  Error run();
  Accuracy takeResult() { return std::move(result); }

private:
  /// One thread's part: chunks until there are none.
  Error work();
  Error runKernel(CompiledModel &model, std::vector<float> &inputs,
                  std::vector<float> &results);
  void evaluate(ArrayRef<float> inputs, MutableArrayRef<double> values) const;
  float getInput(uint64_t index) const;
  Error runSpecials();
  void judgeAgain();

  ActivationAttr function;
  double parameter;
  const ExhaustiveOptions &options;
  StringRef library;
  uint64_t count;

  std::mutex mutex;
  uint64_t begun = 0; // inputs
  size_t done = 0;    // chunks
  double worst = 0;
  Accuracy result;
  Progress progress;
};
} // namespace

float Sweep::getInput(uint64_t index) const {
  uint64_t bits = index * options.step;
  // One place in each interval, not the same one.
  if (options.step > 1)
    bits += execution::draw(/*seed=*/0, index) % options.step;
  return bit_cast<float>(static_cast<uint32_t>(std::min(bits, kFloats - 1)));
}

void Sweep::evaluate(ArrayRef<float> inputs,
                     MutableArrayRef<double> values) const {
  withFormula(function, [&](auto activation) {
    for (auto [input, value] : zip_equal(inputs, values))
      value = activation.apply(Real(input), Real(parameter)).value;
  });
}

Error Sweep::runKernel(CompiledModel &model, std::vector<float> &inputs,
                       std::vector<float> &results) {
  int64_t shape = kChunk;
  auto view = [&](std::vector<float> &values) {
    return vox_tensor{values.data(), VOX_FLOAT32, 1,
                      &shape,        nullptr,     VOX_DEVICE_CPU};
  };
  vox_tensor input = view(inputs), output = view(results);
  return model.run(&input, &output);
}

Error Sweep::work() {
  auto model = CompiledModel::load(library, /*threads=*/1);
  if (!model)
    return model.takeError();
  std::vector<float> inputs(kChunk), results(kChunk);
  std::vector<double> expected(kChunk);
  Errors errors;
  while (true) {
    uint64_t first;
    {
      std::lock_guard lock(mutex);
      if (begun >= count)
        break;
      first = begun;
      begun += kChunk;
    }
    size_t size = std::min<uint64_t>(kChunk, count - first);
    for (size_t i = 0; i < size; ++i)
      inputs[i] = getInput(first + i);
    if (Error error = runKernel(**model, inputs, results))
      return error;
    auto values = MutableArrayRef(expected).take_front(size);
    evaluate(ArrayRef(inputs).take_front(size), values);
    errors.add(ArrayRef(inputs).take_front(size),
               ArrayRef(results).take_front(size), values);
    std::lock_guard lock(mutex);
    ++done;
    worst = std::max(worst, errors.worst.error);
    progress.show(done, formatv("worst {0:f2} ulp", worst).str());
  }
  std::lock_guard lock(mutex);
  result.errors.merge(errors);
  return Error::success();
}

Error Sweep::runSpecials() {
  auto model = CompiledModel::load(library, /*threads=*/1);
  if (!model)
    return model.takeError();
  using Limits = std::numeric_limits<float>;
  std::vector<float> inputs = {
      -Limits::infinity(), Limits::lowest(),   -0.0f, 0.0f, Limits::max(),
      Limits::infinity(),  Limits::quiet_NaN()};
  size_t size = inputs.size();
  inputs.resize(kChunk);
  std::vector<float> results(kChunk);
  if (Error error = runKernel(**model, inputs, results))
    return error;
  std::vector<double> expected(size);
  evaluate(ArrayRef(inputs).take_front(size), expected);
  for (size_t i = 0; i < size; ++i)
    result.specials.push_back({inputs[i], results[i], expected[i], 0});
  // A sample need not contain them.
  if (options.step > 1)
    result.errors.add(ArrayRef(inputs).take_front(size),
                      ArrayRef(results).take_front(size), expected);
  return Error::success();
}

void Sweep::judgeAgain() {
  withFormula(function, [&](auto activation) {
    for (const Case &found : result.errors.kept()) {
      double exact =
          activation.apply(Multi(found.input), Multi(parameter)).toDouble();
      double error = getUlpError(found.got, exact);
      if (error > result.worstByMulti.error)
        result.worstByMulti = {found.input, found.got, exact, error};
      result.referenceError =
          std::max(result.referenceError, getUlpError(found.expected, exact));
    }
  });
}

Error Sweep::run() {
  Clock::time_point begin = Clock::now();
  std::vector<std::thread> threads;
  Error failed = Error::success();
  for (unsigned i = 0; i < options.threads; ++i)
    threads.emplace_back([&] {
      if (Error error = work()) {
        std::lock_guard lock(mutex);
        failed = joinErrors(std::move(failed), std::move(error));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  if (failed)
    return failed;
  if (Error error = runSpecials())
    return error;
  judgeAgain();
  result.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return Error::success();
}

FailureOr<Accuracy>
vox::activations::measureAccuracy(ActivationAttr function,
                                  const ExhaustiveOptions &options,
                                  bool &internalFault) {
  internalFault = false;
  TemporaryFolder folder;
  if (std::error_code code = folder.create("vox-activations")) {
    WithColor::error(errs(), "vox-activations")
        << "no temporary folder: " << code.message() << '\n';
    return failure();
  }
  const std::string library = folder / "activation.so";
  if (failed(compile(function, options.compile, library, internalFault)))
    return failure();
  Sweep sweep(function, options, library);
  if (Error error = sweep.run()) {
    errs() << toString(std::move(error)) << '\n';
    return failure();
  }
  return sweep.takeResult();
}
