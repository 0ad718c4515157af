//===- Softmax.cpp - Softmax and log softmax ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is divided by one sum is worked on as a whole: read from memory once,
// its powers kept in the first-level cache. Along the innermost dimension that
// is a row, whose maximum and sum are made from vectors of partial ones;
// otherwise as many neighbours as fill a vector go along the dimension side by
// side.
//
//===----------------------------------------------------------------------===//

#include "Tasks.h"

#include "llvm/Support/MathExtras.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// Parallel tasks; see AssignSchedules.cpp.
static constexpr int64_t kTasks = 48;

static bool isNamed(const Func &stage, llvm::StringRef name) {
  return !stage.args().empty() && stage.args().front().name() == name;
}

/// Vectors in one of the stages of a row: elements, partial results, and what
/// all of those make.
static void scheduleOfRow(Func stage, Var x, int64_t width, int64_t lanes) {
  if (isNamed(stage, x.name())) {
    vectorizeAlong(stage, x, width, lanes);
  } else if (isNamed(stage, "part")) {
    Var part = stage.args().front();
    stage.vectorize(part, toInt(lanes)).update().vectorize(part, toInt(lanes));
  } else if (stage.has_update_definition()) {
    for (const RVar &along : stage.rvars())
      if (llvm::StringRef(along.name()).starts_with("all"))
        stage.update().atomic().vectorize(along);
  }
}

/// A vector of neighbours in one of the stages along another dimension.
static void scheduleOfVectors(Func stage, Var x, int32_t length) {
  if (isNamed(stage, "part"))
    stage.reorder_storage(x, stage.args().front());
  stage.bound_extent(x, length).vectorize(x);
  for (int i = 0; i < stage.num_update_definitions(); ++i)
    stage.update(i).vectorize(x);
}

void codegen::scheduleSoftmax(Kernel &kernel, ScheduleAttr schedule) {
  const Loops &loops = *kernel.loops;
  mlir::Operation *anchor = kernel.op.getAnchor();
  llvm::ArrayRef<int64_t> shape = typeOf(anchor->getResult(0)).getShape();
  auto softmax = mlir::dyn_cast<SoftmaxOp>(anchor);
  unsigned axis =
      softmax ? softmax.getAxis() : mlir::cast<LogSoftmaxOp>(anchor).getAxis();
  unsigned rank = shape.size();
  bool ofRows = axis + 1 == rank;
  Var x = loops.dim(rank - 1);
  int64_t lanes = schedule.getLanes();
  int64_t width = leastResult(kernel).getShape().back();
  int32_t length = vectorLength(width, lanes);

  Func output = kernel.output;
  Var lane("vector_lane"), vectors = vectorizeAlong(output, x, width, lanes);
  std::vector<VarOrRVar> order{lane, ofRows ? vectors : loops.dim(axis)};
  std::vector<Var> outside;
  std::vector<int64_t> extents; // of those, at most
  if (!ofRows) {
    outside.push_back(vectors);
    extents.push_back(llvm::divideCeil(shape.back(), length));
  }
  for (unsigned dim = rank - 1; dim-- > 0;) {
    if (dim == axis)
      continue;
    outside.push_back(loops.dim(dim));
    extents.push_back(shape[dim]);
  }
  bool isOpen = static_cast<bool>(kernel.op.getOpenAttr());
  if (isOpen && outside.size() > 1) {
    auto widest = llvm::max_element(llvm::drop_begin(extents));
    std::rotate(outside.begin() + (widest - extents.begin()),
                outside.begin() + (widest - extents.begin()) + 1,
                outside.end());
  }
  order.insert(order.end(), outside.begin(), outside.end());
  output.reorder(order);
  if (outside.empty()) {
    // One row.
    for (Func stage : kernel.tables) {
      stage.compute_root();
      scheduleOfRow(stage, x, width, lanes);
    }
    return;
  }
  bool isParallel = schedule.getParallel() == ParallelAxis::Channels;
  Var at = outside.front();
  if (isOpen) {
    // Behind loops fused at open extents Halide does not see one row any more,
    // and would keep memory for many: the widest loop, outermost, is the tasks.
    if (isParallel)
      output.parallel(outside.back());
  } else {
    for (unsigned i = 1; i < outside.size(); ++i) {
      Var fused("fused");
      output.fuse(at, outside[i], fused);
      at = fused;
    }
    if (isParallel) {
      int64_t count = 1;
      for (int64_t extent : extents)
        count *= extent;
      Var task("task"), one("one");
      output.split(at, task, one, toInt(llvm::divideCeil(count, kTasks)),
                   TailStrategy::GuardWithIf);
      output.parallel(task);
      at = one;
    }
  }
  for (Func stage : kernel.tables) {
    stage.compute_at(output, at);
    if (ofRows)
      scheduleOfRow(stage, x, width, lanes);
    else
      scheduleOfVectors(stage, x, length);
  }
}
