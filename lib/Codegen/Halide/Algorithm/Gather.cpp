//===- Gather.cpp - Gathers, scatters and top k ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Positions are data: they are brought into range before anything is read or
// written there, in 64 bits, for they may be any number.
//
// A scatter copies its data and then makes one update after the other, as ONNX
// orders them. Top k counts for each element how many come before it, which is
// its place in the result: no order of sorting depends on the data.
//
//===----------------------------------------------------------------------===//

#include "../Arithmetic.h"
#include "../Functions.h"
#include "../Kernel.h"

#include "llvm/ADT/TypeSwitch.h"

#include <limits>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

/// A position as it counts from the front; it may still lie outside.
static Expr fromFront(Expr position, int64_t extent) {
  Expr wide = cast<int64_t>(position);
  return select(wide < cast<int64_t>(0), wide + Expr(extent), wide);
}

static Expr isInside(Expr position, int64_t extent) {
  Expr at = fromFront(position, extent);
  return cast<int64_t>(0) <= at && at < Expr(extent);
}

/// The nearest position inside.
static Expr nearest(Expr position, int64_t extent) {
  return cast<int32_t>(
      clamp(fromFront(position, extent), cast<int64_t>(0), Expr(extent - 1)));
}

/// Where a scatter's stage or a result lies at `index`: the arguments of a
/// planar Func, innermost first.
static std::vector<Expr> argumentsOf(const Index &index) {
  return std::vector<Expr>(index.dims.rbegin(), index.dims.rend());
}

//===----------------------------------------------------------------------===//
// Gathers
//===----------------------------------------------------------------------===//

static Expr gather(GatherOp op, const Index &at,
                   llvm::ArrayRef<Tensor> operands) {
  const Tensor &data = operands[0], &indices = operands[1];
  unsigned axis = op.getAxis();
  auto begin = at.dims.begin() + axis, end = begin + indices.type.getRank();
  Index which, from;
  which.dims.assign(begin, end);
  from.dims.assign(at.dims.begin(), begin);
  from.dims.push_back(nearest(indices(which), data.extent(axis)));
  from.dims.insert(from.dims.end(), end, at.dims.end());
  return data(from);
}

static Expr gatherElements(GatherElementsOp op, const Index &at,
                           llvm::ArrayRef<Tensor> operands) {
  const Tensor &data = operands[0], &indices = operands[1];
  Index from = at;
  from.dims[op.getAxis()] = nearest(indices(at), data.extent(op.getAxis()));
  return data(from);
}

static Expr gatherND(GatherNDOp op, const Index &at,
                     llvm::ArrayRef<Tensor> operands) {
  const Tensor &data = operands[0], &indices = operands[1];
  unsigned batchDims = op.getBatchDims(), tuple = indices.type.getRank() - 1;
  Index which, from;
  which.dims.assign(at.dims.begin(), at.dims.begin() + tuple);
  which.dims.push_back(0);
  from.dims.assign(at.dims.begin(), at.dims.begin() + batchDims);
  for (int64_t i = 0; i < indices.extent(tuple); ++i) {
    which.dims.back() = toInt(i);
    from.dims.push_back(nearest(indices(which), data.extent(batchDims + i)));
  }
  from.dims.insert(from.dims.end(), at.dims.begin() + tuple, at.dims.end());
  return data(from);
}

Tensor codegen::buildGather(mlir::Operation *op,
                            llvm::ArrayRef<Tensor> operands) {
  mlir::RankedTensorType type = typeOf(op->getResult(0));
  Loops loops(type);
  const Index &at = loops.index;
  Expr value =
      llvm::TypeSwitch<mlir::Operation *, Expr>(op)
          .Case([&](GatherOp op) { return gather(op, at, operands); })
          .Case([&](GatherElementsOp op) {
            return gatherElements(op, at, operands);
          })
          .Case([&](GatherNDOp op) { return gatherND(op, at, operands); });
  Func result(op->getName().stripDialect().str());
  result(loops.vars) = value;
  return {result, type};
}

//===----------------------------------------------------------------------===//
// Scatters
//===----------------------------------------------------------------------===//

static Expr combine(ScatterKind kind, Expr element, Expr update) {
  bool isFloat = element.type().is_float();
  switch (kind) {
  case ScatterKind::Assign:
    return update;
  case ScatterKind::Add:
    return add(element, update);
  case ScatterKind::Mul:
    return multiply(element, update);
  case ScatterKind::Max:
    return isFloat ? maximum(element, update) : max(element, update);
  case ScatterKind::Min:
    return isFloat ? minimum(element, update) : min(element, update);
  }
  llvm_unreachable("unknown kind");
}

/// One update at `to`, where that is `inside`. No where() of the loop says so:
/// Halide forgets those of a loop of one position that no index depends on.
static void update(Func scattered, ScatterKind kind, const Index &to,
                   Expr inside, Expr value) {
  std::vector<Expr> args = argumentsOf(to);
  Expr element = scattered(args);
  scattered(args) = select(inside, combine(kind, element, value), element);
}

/// The data, copied, as the stage that updates go to.
static Func copyData(const Loops &loops, const Tensor &data) {
  Func scattered("scattered");
  scattered(loops.vars) = data(loops.index);
  return scattered;
}

static Tensor finishScatter(mlir::RankedTensorType type, const Loops &loops,
                            Func scattered, Kernel &kernel) {
  kernel.reduction = Tensor{scattered, type};
  Func result("result");
  result(loops.vars) = scattered(loops.vars);
  return {result, type};
}

/// A loop over all positions of a tensor of `shape`, in row-major order.
static RDom loopOver(llvm::ArrayRef<int64_t> shape) {
  Region region;
  for (int64_t extent : llvm::reverse(shape))
    region.push_back({0, toInt(extent)});
  if (region.empty())
    region.push_back({0, 1});
  return RDom(region, "update");
}

/// The position in `loopOver` of a shape of `rank` dimensions.
static std::vector<Expr> dimsOf(const RDom &loop, unsigned rank) {
  std::vector<Expr> dims;
  for (unsigned i = rank; i-- > 0;)
    dims.push_back(loop[i]);
  return dims;
}

Tensor codegen::buildScatterElements(ScatterElementsOp op,
                                     llvm::ArrayRef<Tensor> operands,
                                     Kernel &kernel) {
  const Tensor &indices = operands[1], &updates = operands[2];
  Loops loops(op.getType());
  Func scattered = copyData(loops, operands[0]);
  RDom loop = loopOver(indices.type.getShape());
  Index from, to;
  from.dims = dimsOf(loop, loops.rank());
  unsigned axis = op.getAxis();
  int64_t extent = op.getType().getDimSize(axis);
  Expr position = indices(from);
  to.dims = from.dims;
  to.dims[axis] = nearest(position, extent);
  update(scattered, op.getKind(), to, isInside(position, extent),
         updates(from));
  return finishScatter(op.getType(), loops, scattered, kernel);
}

Tensor codegen::buildScatterND(ScatterNDOp op, llvm::ArrayRef<Tensor> operands,
                               Kernel &kernel) {
  const Tensor &indices = operands[1], &updates = operands[2];
  Loops loops(op.getType());
  Func scattered = copyData(loops, operands[0]);
  unsigned outer = indices.type.getRank() - 1;
  int64_t listed = indices.extent(outer);
  RDom loop = loopOver(indices.type.getShape().drop_back());
  Index from, which, to;
  from.dims = which.dims = dimsOf(loop, outer);
  which.dims.push_back(0);
  Expr inside;
  for (int64_t i = 0; i < listed; ++i) {
    which.dims.back() = toInt(i);
    int64_t extent = op.getType().getDimSize(i);
    inside = both(inside, isInside(indices(which), extent));
    to.dims.push_back(nearest(indices(which), extent));
  }
  // Slices are taken as a whole: along them no update meets another.
  for (unsigned dim = listed; dim < loops.rank(); ++dim) {
    from.dims.push_back(loops.dim(dim));
    to.dims.push_back(loops.dim(dim));
  }
  update(scattered, op.getKind(), to, inside, updates(from));
  return finishScatter(op.getType(), loops, scattered, kernel);
}

//===----------------------------------------------------------------------===//
// Top k
//===----------------------------------------------------------------------===//

/// An integer that is the greater the earlier an element comes. The bits of
/// positive floats are ordered as the floats are, and -0 is 0; bits turned over
/// are in reverse order.
static Expr getPrecedence(Expr x, bool smallest) {
  if (!x.type().is_float())
    return smallest ? ~x : x;
  Expr bits = reinterpret<int32_t>(x);
  Expr order = select(bits < 0, -(bits & 0x7fffffff), bits);
  return select(isNaN(x), std::numeric_limits<int32_t>::max(),
                smallest ? ~order : order);
}

Tensor codegen::buildTopK(TopKOp op, llvm::ArrayRef<Tensor> operands,
                          Kernel &kernel) {
  const Tensor &input = operands[0];
  unsigned axis = op.getAxis();
  int32_t extent = toInt(input.extent(axis));
  int32_t count = toInt(op.getType().getDimSize(axis));
  Loops loops(input.type), resultLoops(op.getType());

  Func place("place");
  RDom others(0, extent, "others");
  auto precedenceAt = [&](Expr position) {
    Index at = loops.index;
    at.dims[axis] = position;
    return getPrecedence(input(at), op.getSmallest());
  };
  Var self = loops.dim(axis);
  Expr mine = precedenceAt(self), other = precedenceAt(others);
  place(loops.vars) = 0;
  place(loops.vars) +=
      cast<int32_t>(mine < other || (mine == other && others < self));
  kernel.tables.push_back(place);

  Func best("best");
  RDom all(0, extent, "all");
  Index from = resultLoops.index, to = resultLoops.index;
  from.dims[axis] = all;
  Expr position = place(argumentsOf(from));
  all.where(position < count);
  to.dims[axis] = clamp(position, 0, count - 1);
  best(resultLoops.vars) = 0;
  best(argumentsOf(to)) = cast<int32_t>(all);
  kernel.reduction = Tensor{best, op.getType()};
  Func result("topk");
  result(resultLoops.vars) = cast<int64_t>(best(resultLoops.vars));
  return {result, op.getType()};
}
