//===- Plan.cpp - Whether a memory plan can be trusted --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Host code writes where a plan says. vox-plan-memory makes good plans, but a
// module may come from a file: nothing may lie outside the arena, and no two
// values that are alive together may share a byte.
//
//===----------------------------------------------------------------------===//

#include "OpenNetwork.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Vox.h"
#include "vox/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <map>

using namespace mlir;
using namespace vox;

namespace {

class PlanVerifier {
public:
  explicit PlanVerifier(func::FuncOp network)
      : network(network), writers(network.getNumResults()) {}

  LogicalResult run();

private:
  LogicalResult checkLaunch(LaunchOp launch);
  LogicalResult checkJoin(JoinOp join);
  LogicalResult checkOverlaps();
  LogicalResult checkOutputs();
  void collectReaders();

  func::FuncOp network;
  int64_t arenaSize = 0;
  SmallVector<LaunchOp> writers; // by output
  llvm::DenseMap<Operation *, int64_t> position, lastReader;
};

Value sourceOf(Value value) {
  while (auto view = value.getDefiningOp<ReshapeOp>())
    value = view.getInput();
  return value;
}

LogicalResult PlanVerifier::checkLaunch(LaunchOp launch) {
  if (launch.getOutput()) {
    int64_t output = *launch.getOutput();
    if (launch.getOffset() || output < 0 || output >= (int64_t)writers.size() ||
        writers[output])
      return launch.emitOpError()
             << "output is " << output << "; expected one of its own, below "
             << writers.size();
    writers[output] = launch;
    return success();
  }
  if (!launch.getOffset())
    return launch.emitOpError("has neither offset nor output; run "
                              "vox-plan-memory first");
  int64_t offset = *launch.getOffset();
  int64_t size = sizeInBytes(launch.getType());
  if (size > arenaSize)
    return launch.emitOpError()
           << "result of " << size << " bytes does not fit into an arena of "
           << arenaSize;
  // A part of a join lies where the part before it ends.
  bool isPart = llvm::any_of(launch->getUsers(), llvm::IsaPred<JoinOp>);
  int64_t unit =
      isPart ? getElementType(launch.getType().getElementType())->bytes() : 64;
  if (offset < 0 || offset % unit != 0 || offset > arenaSize - size)
    return launch.emitOpError()
           << "offset is " << offset << "; expected a multiple of " << unit
           << " up to " << arenaSize - size
           << ", so that the result fits into the arena";
  return success();
}

/// A join computes nothing: its parts must have been written where it says.
LogicalResult PlanVerifier::checkJoin(JoinOp join) {
  if (!join.getOffset())
    return join.emitOpError("has no offset; run vox-plan-memory first");
  int64_t expected = *join.getOffset();
  for (Value part : join.getInputs()) {
    std::optional<int64_t> offset;
    if (auto launch = part.getDefiningOp<LaunchOp>())
      offset = launch.getOffset();
    else if (auto inner = part.getDefiningOp<JoinOp>())
      offset = inner.getOffset();
    if (!offset || *offset != expected)
      return join.emitOpError() << "has an input that is not at offset "
                                << expected << ", where it expects it";
    expected += sizeInBytes(typeOf(part));
  }
  return success();
}

/// Finds out when each value is read last. Views and joins are read when what
/// is made of them is.
void PlanVerifier::collectReaders() {
  for (Operation &op : llvm::reverse(network.getBody().front())) {
    int64_t last = position.lookup(&op);
    for (Operation *user : op.getUsers())
      last =
          std::max(last, isa<ReshapeOp, JoinOp>(user) ? lastReader.lookup(user)
                                                      : position.lookup(user));
    lastReader[&op] = last;
  }
}

LogicalResult PlanVerifier::checkOverlaps() {
  // Values that are alive, by offset: they are disjoint, so a new one need
  // only be compared with its neighbours.
  std::map<int64_t, LaunchOp> alive;
  std::multimap<int64_t, int64_t> ends; // last reader to offset
  for (auto launch : network.getOps<LaunchOp>()) {
    if (!launch.getOffset())
      continue;
    int64_t now = position.lookup(launch), offset = *launch.getOffset();
    while (!ends.empty() && ends.begin()->first < now) {
      alive.erase(ends.begin()->second);
      ends.erase(ends.begin());
    }
    auto above = alive.lower_bound(offset);
    int64_t end = offset + sizeInBytes(launch.getType());
    LaunchOp other;
    if (above != alive.end() && above->first < end)
      other = above->second;
    if (above != alive.begin()) {
      auto [start, below] = *std::prev(above);
      if (start + sizeInBytes(below.getType()) > offset)
        other = below;
    }
    if (other) {
      InFlightDiagnostic diagnostic = launch.emitOpError(
          "overlaps a value in the arena that is still read");
      diagnostic.attachNote(other.getLoc()) << "this one";
      return diagnostic;
    }
    alive[offset] = launch;
    ends.insert({lastReader.lookup(launch), offset});
  }
  return success();
}

LogicalResult PlanVerifier::checkOutputs() {
  Operation *terminator = network.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(terminator->getOperands())) {
    if (llvm::is_contained(typeOf(value).getShape(), 0))
      continue; // there is nothing to write
    if (!writers[i] || writers[i].getResult() != sourceOf(value))
      return terminator->emitError()
             << "output " << i << " is not written by the launch that it names";
  }
  return success();
}

LogicalResult PlanVerifier::run() {
  auto size = network->getAttrOfType<IntegerAttr>(kArenaSize);
  if (!size || !size.getType().isInteger(64) || size.getInt() < 0)
    return network.emitError()
           << "has no " << kArenaSize << "; run vox-plan-memory first";
  arenaSize = size.getInt();
  for (Operation &op : network.getBody().front()) {
    position[&op] = position.size();
    if (auto launch = dyn_cast<LaunchOp>(op)) {
      if (failed(checkLaunch(launch)))
        return failure();
    } else if (auto join = dyn_cast<JoinOp>(op)) {
      if (failed(checkJoin(join)))
        return failure();
    } else if (auto pack = dyn_cast<PackWeightsOp>(op)) {
      if (!pack.getWeights().getDefiningOp<ConstantOp>())
        return pack.emitOpError("packs what is not constant; expected a kernel "
                                "to do that");
    } else if (!isa<ConstantOp, ReshapeOp, func::ReturnOp>(op)) {
      return op.emitOpError("is not launched; run vox-outline-kernels first");
    }
  }
  if (failed(verifyOpenLaunches(network)))
    return failure();
  collectReaders();
  if (failed(checkOverlaps()))
    return failure();
  return checkOutputs();
}

} // namespace

LogicalResult vox::verifyPlan(func::FuncOp network) {
  return PlanVerifier(network).run();
}
