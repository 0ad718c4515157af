//===- Ranges.h - What is known of the values of a network ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Intervals that hold for every finite input, under the rounding of float32
// too. docs/Ranges.md says by what argument, op by op.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_RANGES_H
#define VOX_ANALYSIS_RANGES_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/Error.h"

#include <optional>

namespace vox {

/// Both bounds belong to it.
struct Interval {
  double lower = -kInfinity, upper = kInfinity;

  static Interval point(double value) { return {value, value}; }
  bool isPoint() const { return lower == upper; }
  /// Whether it tells anything.
  bool isBounded() const { return lower > -kInfinity || upper < kInfinity; }
};

/// "[0, 6]", "[0, inf)".
std::string formatInterval(Interval interval);

/// What is known of a tensor: each element lies in its interval or is NaN.
struct Range {
  /// One for all elements, or one per position along dimension `axis`.
  llvm::SmallVector<Interval, 1> intervals{Interval()};
  int64_t axis = 0;
  /// Whether it holds neither NaN nor infinities, unless something before it
  /// overflows.
  bool finite = true;

  bool isPerPosition() const { return intervals.size() > 1; }
  Interval at(int64_t position) const {
    return intervals[isPerPosition() ? position : 0];
  }
  /// The least interval that holds all elements.
  Interval overall() const;
};

/// Bounds that a caller promises for each input, by argument number.
using InputRanges = llvm::SmallVector<std::optional<Interval>>;

/// Reads "NAME:LO:HI" texts, NAME being an input of `network`. An error says
/// what is wrong with which text.
llvm::Expected<InputRanges> parseInputRanges(mlir::func::FuncOp network,
                                             llvm::ArrayRef<std::string> texts);

/// The facts about one network, which grow as its ops are visited in order.
class Ranges {
public:
  /// What holds by ...
  enum Trust {
    /// ... the definition of each op, whatever algorithm computes it.
    Definitions,
    /// ... also by adding up the terms of layers with weights, one by one. An
    /// algorithm that computes in another way (Winograd's) leaves such bounds
    /// by its own error.
    DirectSums
  };

  Ranges(mlir::func::FuncOp network, InputRanges inputs, Trust trust);

  /// Sees `op` and keeps what is known of its results.
  void visit(mlir::Operation *op);
  /// Nothing but the type's own limits is known of what was not visited.
  /// Constants need no visit.
  Range get(mlir::Value value);

private:
  Trust trust;
  llvm::DenseMap<mlir::Value, Range> known;
};

} // namespace vox

#endif // VOX_ANALYSIS_RANGES_H
