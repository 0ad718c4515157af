//===- Pool.cpp - Float64 meaning of pooling ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `MaxPool`, `AveragePool`, `GlobalMaxPool` and `GlobalAveragePool`,
// https://onnx.ai/onnx/operators/onnx__AveragePool.html. Output position p
// looks at input positions p stride + k dilation - pad, 0 <= k < kernel.
//
// - A maximum is over the positions inside the input; a NaN among them is the
//   result. Where there are none (a dilated window may straddle a small input)
//   it is -infinity.
// - Its index counts over all elements of the input, row-major or, with
//   column_major, the first spatial dimension fastest. The first of equal
//   elements, or of NaNs, is taken.
// - An average is the sum over the positions inside the input, divided by
//   their number, or, with count_include_pad, by the number of those inside
//   the input and its pads. What a ceil_mode window covers beyond the pads is
//   never counted. Where the divisor is 0 the result is 0 / 0.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

#include <cmath>
#include <limits>
#include <optional>

using namespace vox;
using namespace vox::reference;

namespace {
/// Collects the elements of one window.
class Window {
public:
  explicit Window(PoolKind kind)
      : kind(kind),
        value(kind == PoolKind::Max ? -std::numeric_limits<double>::infinity()
                                    : 0.0) {}

  void add(double x) {
    ++count;
    if (kind == PoolKind::Average)
      value += x;
    else if (x > value || std::isnan(x))
      value = x;
  }
  /// A position that an average divides by but that holds no element.
  void addPadding() { ++count; }

  double get() const {
    return kind == PoolKind::Average ? value / double(count) : value;
  }

private:
  PoolKind kind;
  double value;
  int64_t count = 0;
};
} // namespace

using Position = std::array<int64_t, 3>;

namespace {
/// Where the windows of a pool look.
struct Windows {
  Position in, out, kernel, strides, dilations, before, after;

  template <typename Op>
  Windows(Op op, const ReferenceTensor &x, const ReferenceTensor &result)
      : in(asThree(llvm::ArrayRef<int64_t>(x.shape).drop_front(2), 1)),
        out(asThree(llvm::ArrayRef<int64_t>(result.shape).drop_front(2), 1)),
        kernel(asThree(op.getKernel(), 1)),
        strides(asThree(op.getStrides(), 1)),
        dilations(asThree(op.getDilations(), 1)) {
    size_t rank = x.shape.size() - 2;
    before = asThree(op.getPads().take_front(rank), 0);
    after = asThree(op.getPads().drop_front(rank), 0);
  }

  /// Calls `visit(i, inside, padded)` for the positions i of the window of
  /// output position `p`: inside the input, not beyond the pads after it.
  void
  visit(const Position &p,
        llvm::function_ref<void(const Position &, bool, bool)> visit) const {
    Position k, i;
    for (k[0] = 0; k[0] < kernel[0]; ++k[0])
      for (k[1] = 0; k[1] < kernel[1]; ++k[1])
        for (k[2] = 0; k[2] < kernel[2]; ++k[2]) {
          bool inside = true, padded = true;
          for (int d = 0; d < 3; ++d) {
            i[d] = p[d] * strides[d] + k[d] * dilations[d] - before[d];
            inside &= i[d] >= 0 && i[d] < in[d];
            padded &= i[d] < in[d] + after[d];
          }
          visit(i, inside, padded);
        }
  }

  /// The offset of a position in a plane of the input.
  int64_t offset(const Position &i) const {
    return (i[0] * in[1] + i[1]) * in[2] + i[2];
  }

  /// Makes each element of `result` that of its plane and position.
  void fill(ReferenceTensor &result,
            llvm::function_ref<double(int64_t, const Position &)> make) const {
    int64_t volume = product(out);
    parallelFor(result.shape[0] * result.shape[1], [&](int64_t plane) {
      double *target = result.data.data() + plane * volume;
      Position p;
      for (p[0] = 0; p[0] < out[0]; ++p[0])
        for (p[1] = 0; p[1] < out[1]; ++p[1])
          for (p[2] = 0; p[2] < out[2]; ++p[2])
            *target++ = make(plane, p);
    });
  }
};
} // namespace

void reference::compute(PoolOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  Windows windows(op, x, result);
  int64_t volume = product(windows.in);
  windows.fill(result, [&](int64_t plane, const Position &p) {
    Window window(op.getKind());
    windows.visit(p, [&](const Position &i, bool inside, bool padded) {
      if (inside)
        window.add(x.data[plane * volume + windows.offset(i)]);
      else if (padded && op.getCountIncludePad())
        window.addPadding();
    });
    return window.get();
  });
}

void reference::compute(PoolIndicesOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  Windows windows(op, x, result);
  const Position &in = windows.in;
  int64_t volume = product(in);
  windows.fill(result, [&](int64_t plane, const Position &p) {
    std::optional<double> best;
    int64_t offset = 0;
    windows.visit(p, [&](const Position &i, bool inside, bool) {
      if (!inside)
        return;
      double value = x.data[plane * volume + windows.offset(i)];
      if (best && !(value > *best) &&
          !(std::isnan(value) && !std::isnan(*best)))
        return;
      best = value;
      offset = op.getColumnMajor() ? i[0] + in[0] * (i[1] + in[1] * i[2])
                                   : windows.offset(i);
    });
    return double(plane * volume + offset);
  });
}

void reference::compute(GlobalPoolOp op, Operands operands,
                        ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  int64_t volume = product(llvm::ArrayRef<int64_t>(x.shape).drop_front(2));
  for (size_t i = 0; i < result.data.size(); ++i) {
    Window window(op.getKind());
    for (int64_t p = 0; p < volume; ++p)
      window.add(x.data[i * volume + p]);
    result.data[i] = window.get();
  }
}
