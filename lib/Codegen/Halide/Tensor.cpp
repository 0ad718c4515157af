//===- Tensor.cpp - A vox tensor as a Halide Func -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tensor.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

Expr Tensor::operator()(const Index &index) const {
  unsigned rank = type.getRank();
  unsigned offset = index.dims.size() - rank;
  int64_t block = getBlock(type);
  std::vector<Expr> args; // innermost first
  Expr blockIndex, lane;
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
  return func(args);
}

Loops::Loops(mlir::RankedTensorType type) : block(getBlock(type)) {
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
}
