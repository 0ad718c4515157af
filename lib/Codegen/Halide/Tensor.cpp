//===- Tensor.cpp - A vox tensor as a Halide Func -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tensor.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Type codegen::halideType(mlir::Type type) {
  ElementType element = *getElementType(type);
  switch (element.kind) {
  case ElementType::Float:
    return Float(element.bits);
  case ElementType::SignedInt:
    return Int(element.bits);
  case ElementType::UnsignedInt:
  case ElementType::Bool:
    return UInt(element.bits);
  }
  llvm_unreachable("unknown kind");
}

Expr Tensor::operator()(const Index &index) const {
  unsigned rank = type.getRank();
  unsigned offset = index.dims.size() - rank;
  int64_t block = getBlock(type);
  std::vector<Expr> args; // innermost first
  Expr blockIndex, lane;
  std::vector<Expr> phases;
  for (unsigned dim = rank; dim-- > 0;) {
    unsigned from = dim + offset;
    Expr at = index.dims[from];
    if (from == 1 && index.width > 1) {
      // The reader's channel is (block, lane).
      if (block == index.width && offset == 0) {
        blockIndex = at;
        lane = index.lane;
      } else {
        at = index.channel();
        // Lanes past the last channel exist in the reader only.
        if (extent(dim) % index.width != 0)
          at = min(at, toInt(extent(dim) - 1));
      }
    }
    if (type.getDimSize(dim) == 1 && !(dim == 1 && block > 1))
      at = 0;
    if (!strides.empty() && dim >= 2) {
      // Halide sees no bounds through a division: take the loops' own parts.
      bool known = !index.whole.empty();
      int32_t stride = toInt(strides[dim - 2]);
      phases.push_back(known ? index.phase[dim - 2] : at % stride);
      at = known ? index.whole[dim - 2] : at / stride;
    }
    if (dim == 1 && block > 1) {
      if (!lane.defined()) {
        blockIndex = at / toInt(block);
        lane = at % toInt(block);
      }
      at = blockIndex;
    }
    args.push_back(at);
  }
  if (block > 1)
    args.insert(args.begin(), lane);
  args.insert(args.end(), phases.begin(), phases.end());
  return func(args);
}

Loops::Loops(mlir::RankedTensorType type, llvm::ArrayRef<int64_t> strides)
    : block(getBlock(type)) {
  // Names appear in .stmt dumps: n, c, then the spatial dimensions.
  static const char *const kSpatial[] = {"x", "y", "z"};
  unsigned rank = type.getRank();
  if (block > 1)
    vars.push_back(Var("lane"));
  for (unsigned dim = rank; dim-- > 0;) {
    std::string name = "d" + std::to_string(dim);
    if (rank >= 3 && rank <= 5)
      name = dim == 0 ? "n" : dim == 1 ? "c" : kSpatial[rank - 1 - dim];
    vars.push_back(Var(name));
  }
  for (unsigned dim = 0; dim < rank; ++dim)
    index.dims.push_back(vars[vars.size() - 1 - dim]);
  index.width = block;
  if (block > 1)
    index.lane = vars.front();
  if (strides.empty())
    return;
  unsigned spatial = rank - 2;
  for (unsigned i = spatial; i-- > 0;)
    vars.push_back(Var(std::string("phase_") + kSpatial[spatial - 1 - i]));
  for (unsigned i = 0; i < spatial; ++i) {
    index.whole.push_back(index.dims[2 + i]);
    index.phase.push_back(vars[vars.size() - 1 - i]);
    index.dims[2 + i] = index.whole[i] * toInt(strides[i]) + index.phase[i];
  }
}
