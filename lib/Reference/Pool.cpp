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

void reference::compute(PoolOp op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0];
  size_t rank = x.shape.size() - 2;
  llvm::ArrayRef<int64_t> xShape(x.shape), yShape(result.shape);
  auto in = asThree(xShape.drop_front(2), 1);
  auto out = asThree(yShape.drop_front(2), 1);
  auto kernel = asThree(op.getKernel(), 1);
  auto strides = asThree(op.getStrides(), 1);
  auto dilations = asThree(op.getDilations(), 1);
  auto before = asThree(op.getPads().take_front(rank), 0);
  auto after = asThree(op.getPads().drop_front(rank), 0);
  int64_t inputVolume = product(in), outputVolume = product(out);

  using Position = std::array<int64_t, 3>;
  auto computeWindow = [&](const double *plane, const Position &p) {
    Window window(op.getKind());
    Position k;
    for (k[0] = 0; k[0] < kernel[0]; ++k[0])
      for (k[1] = 0; k[1] < kernel[1]; ++k[1])
        for (k[2] = 0; k[2] < kernel[2]; ++k[2]) {
          bool inside = true, padded = true;
          int64_t offset = 0;
          for (int d = 0; d < 3; ++d) {
            int64_t i = p[d] * strides[d] + k[d] * dilations[d] - before[d];
            inside &= i >= 0 && i < in[d];
            padded &= i < in[d] + after[d];
            offset = offset * in[d] + i;
          }
          if (inside)
            window.add(plane[offset]);
          else if (padded && op.getCountIncludePad())
            window.addPadding();
        }
    return window.get();
  };
  parallelFor(xShape[0] * xShape[1], [&](int64_t i) {
    const double *plane = x.data.data() + i * inputVolume;
    double *target = result.data.data() + i * outputVolume;
    Position p;
    for (p[0] = 0; p[0] < out[0]; ++p[0])
      for (p[1] = 0; p[1] < out[1]; ++p[1])
        for (p[2] = 0; p[2] < out[2]; ++p[2])
          *target++ = computeWindow(plane, p);
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
