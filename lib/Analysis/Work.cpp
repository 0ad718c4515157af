//===- Work.cpp - What each launch of a network does ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Analysis/Work.h"

#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

static double count(ArrayRef<int64_t> shape) {
  double product = 1;
  for (int64_t extent : shape)
    product *= double(extent);
  return product;
}

static double count(Value value) { return count(typeOf(value).getShape()); }

/// A linear resize weighs two values in every dimension that changes.
static double countFlops(ResizeOp op) {
  if (op.getKind() != ResizeKind::Linear)
    return 0;
  double taps = 1;
  for (auto [from, to] : llvm::zip_equal(typeOf(op.getInput()).getShape(),
                                         typeOf(op.getResult()).getShape()))
    taps *= from == to ? 1 : 2;
  return taps == 1 ? 0 : 2 * taps * count(op.getResult());
}

double vox::countFlops(Operation *op) {
  return llvm::TypeSwitch<Operation *, double>(op)
      .Case<ConvOp>([](ConvOp conv) {
        return 2 * count(conv.getResult()) *
               count(typeOf(conv.getWeights()).getShape().drop_front());
      })
      .Case<ConvTransposeOp>([](ConvTransposeOp conv) {
        // Each input element goes into every output of its group.
        double inputs = double(typeOf(conv.getInput()).getDimSize(1));
        return 2 * count(conv.getInput()) * count(conv.getWeights()) / inputs;
      })
      .Case<DenseOp>([](DenseOp dense) {
        return 2 * count(dense.getResult()) *
               double(typeOf(dense.getWeights()).getDimSize(1));
      })
      .Case<MatMulOp>([](MatMulOp product) {
        return 2 * count(product.getResult()) *
               double(typeOf(product.getLhs()).getShape().back());
      })
      .Case<PoolOp, PoolIndicesOp>([](auto pool) {
        return count(pool.getResult()) * count(pool.getKernel());
      })
      .Case<GlobalPoolOp, ArgMaxOp, ReduceOp>(
          [](auto reduce) { return count(reduce.getInput()); })
      // Zero or not, least, greatest, sum, difference, square, its sum.
      .Case<ActivationStatisticsOp>([](ActivationStatisticsOp statistics) {
        return 7 * count(statistics.getInput());
      })
      // Maximum, difference, exponential, sum, quotient.
      .Case<SoftmaxOp>(
          [](SoftmaxOp softmax) { return 5 * count(softmax.getResult()); })
      // The same with two differences and no quotient.
      .Case<LogSoftmaxOp>(
          [](LogSoftmaxOp softmax) { return 5 * count(softmax.getResult()); })
      .Case<ResizeOp>([](ResizeOp resize) { return ::countFlops(resize); })
      .Case<ResampleOp>([](ResampleOp resample) {
        return 2 * count(resample.getResult()) *
               double(typeOf(resample.getWeights()).getDimSize(1));
      })
      // The four parameters become a factor and a summand.
      .Case<BatchNormOp>(
          [](BatchNormOp norm) { return 2 * count(norm.getResult()); })
      .Case<ActivationOp, AddOp, CompareOp, DivOp, MaxOp, MinOp, ModOp, MulOp,
            PowOp, RemOp, SelectOp, SubOp, UnaryOp>(
          [](auto op) { return count(op.getResult()); })
      .Default([](Operation *) { return 0.0; });
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The names in a location, each once, in order.
static void collectNames(Location loc, llvm::SetVector<StringRef> &names) {
  loc->walk([&](Location part) {
    if (auto name = dyn_cast<NameLoc>(part))
      if (!name.getName().empty())
        names.insert(name.getName());
    return WalkResult::advance();
  });
}

/// "pack" where the kernel changes a layout and computes nothing.
static StringRef layoutChange(KernelOp kernel) {
  Operation *anchor = kernel.getAnchor();
  if (isa<PackOp, PackWeightsOp, UnpackOp>(anchor))
    return anchor->getName().stripDialect();
  return "";
}

static std::string nameLayers(LaunchOp launch, KernelOp kernel) {
  llvm::SetVector<StringRef> names;
  collectNames(launch.getLoc(), names);
  // A dump may have been printed without locations; names of layers stay.
  SmallVector<StringRef> layers;
  if (names.empty() && launch.getLayer())
    launch.getLayer()->split(layers, '+');
  names.insert(layers.begin(), layers.end());

  std::string joined = llvm::join(names, " + ");
  StringRef change = layoutChange(kernel);
  if (!change.empty())
    return joined.empty() ? change.str() : (change + " of " + joined).str();
  if (!joined.empty())
    return joined;
  return llvm::join(
      llvm::map_range(
          kernel.getBody().front().without_terminator(),
          [](Operation &op) { return op.getName().stripDialect(); }),
      " + ");
}

SmallVector<LaunchWork> vox::listLaunches(func::FuncOp network) {
  SmallVector<LaunchWork> works;
  for (auto launch : network.getOps<LaunchOp>()) {
    LaunchWork work;
    work.launch = launch;
    work.kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(
        launch, launch.getKernelAttr());
    work.layers = nameLayers(launch, work.kernel);
    work.kernel.getBody().walk(
        [&](Operation *op) { work.flops += countFlops(op); });
    work.bytes = double(sizeInBytes(typeOf(launch.getResult())));
    for (Value input : launch.getInputs())
      work.bytes += double(sizeInBytes(typeOf(input)));
    works.push_back(std::move(work));
  }
  return works;
}
