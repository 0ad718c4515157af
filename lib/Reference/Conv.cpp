//===- Conv.cpp - Float64 meaning of convolutions -------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ONNX `Conv`, https://onnx.ai/onnx/operators/onnx__Conv.html:
//
//   y[n, o, p] = bias[o] + sum over c, k of
//                x[n, g Ci / groups + c, p stride + k dilation - pad] w[o, c,
//                k]
//
// where g = o / (Co / groups) and x is zero outside its extents. Positions in
// the padding are skipped instead of multiplied by zero, so an infinite weight
// does not make a NaN there.
//
// ONNX `ConvTranspose`,
// https://onnx.ai/onnx/operators/onnx__ConvTranspose.html, exchanges the two
// positions: x[..., q] w[..., k] is added to position q stride + k dilation -
// pad of y, if there is one.
//
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

using namespace vox;
using namespace vox::reference;

namespace {
/// Which elements of a row one kernel column connects: element i of `count` is
/// `from + i fromStep` of the input's row, `to + i toStep` of the result's.
struct Run {
  int64_t count, from, fromStep, to, toStep;
};

/// One spatial dimension, where kernel element k connects
/// `outer stride + first(k)` to `outer`.
struct Axis {
  int64_t input, output, kernel, stride, dilation, pad;

  int64_t first(int64_t k) const { return k * dilation - pad; }
  /// Those `outer` below `extent` that connect to what is below `limit`.
  std::pair<int64_t, int64_t> inside(int64_t k, int64_t extent,
                                     int64_t limit) const {
    int64_t begin = 0, end = extent;
    while (begin < end && begin * stride + first(k) < 0)
      ++begin;
    while (end > begin && (end - 1) * stride + first(k) >= limit)
      --end;
    return {begin, end};
  }
};

struct ConvAxis : Axis {
  /// The input position that output `o` reads, or -1 in the padding.
  int64_t at(int64_t o, int64_t k) const {
    int64_t i = o * stride + first(k);
    return i < input ? std::max<int64_t>(i, -1) : -1;
  }
  Run run(int64_t k) const {
    auto [begin, end] = inside(k, output, input);
    return {end - begin, begin * stride + first(k), stride, begin, 1};
  }
};

struct TransposedAxis : Axis {
  /// The input position that is added to output `o`, or -1.
  int64_t at(int64_t o, int64_t k) const {
    int64_t i = o - first(k);
    return i >= 0 && i % stride == 0 && i / stride < input ? i / stride : -1;
  }
  Run run(int64_t k) const {
    auto [begin, end] = inside(k, input, output);
    return {end - begin, begin, 1, begin * stride + first(k), stride};
  }
};

/// Both convolutions, `AxisType` telling which.
template <typename AxisType, typename Op>
void convolve(Op op, Operands operands, ReferenceTensor &result) {
  const ReferenceTensor &x = *operands[0], &w = *operands[1];
  llvm::ArrayRef<int64_t> xShape(x.shape), wShape(w.shape),
      yShape(result.shape);
  size_t rank = xShape.size() - 2;
  auto in = asThree(xShape.drop_front(2), 1);
  auto out = asThree(yShape.drop_front(2), 1);
  auto kernel = asThree(wShape.drop_front(2), 1);
  auto strides = asThree(op.getStrides(), 1);
  auto dilations = asThree(op.getDilations(), 1);
  auto pads = asThree(op.getPads().take_front(rank), 0);
  auto axis = [&](size_t i) {
    return AxisType{in[i],      out[i],       kernel[i],
                    strides[i], dilations[i], pads[i]};
  };
  const AxisType depth = axis(0), height = axis(1), width = axis(2);

  int64_t outputChannels = yShape[1], inputChannels = xShape[1];
  int64_t groupInputs = wShape[1];
  int64_t groupOutputs = outputChannels / int64_t(op.getGroups());
  int64_t inputVolume = product(in), outputVolume = product(out);
  int64_t kernelVolume = product(kernel);

  llvm::SmallVector<Run> columns;
  for (int64_t k = 0; k < width.kernel; ++k)
    columns.push_back(width.run(k));

  // One output row stays in the cache while all input rows that reach it are
  // added to it.
  auto addRows = [&](int64_t n, int64_t o, int64_t d, int64_t h, double *row) {
    int64_t firstInput = o / groupOutputs * groupInputs;
    for (int64_t c = 0; c < groupInputs; ++c) {
      const double *plane =
          &x.data[(n * inputChannels + firstInput + c) * inputVolume];
      const double *weight = &w.data[(o * groupInputs + c) * kernelVolume];
      for (int64_t kd = 0; kd < depth.kernel; ++kd) {
        int64_t id = depth.at(d, kd);
        for (int64_t kh = 0; kh < height.kernel; ++kh) {
          int64_t ih = height.at(h, kh);
          for (const Run &run : columns) {
            double factor = *weight++;
            if (id < 0 || ih < 0)
              continue;
            const double *source =
                plane + (id * height.input + ih) * width.input;
            for (int64_t i = 0; i < run.count; ++i)
              row[run.to + i * run.toStep] +=
                  factor * source[run.from + i * run.fromStep];
          }
        }
      }
    }
  };
  parallelFor(yShape[0] * outputChannels, [&](int64_t i) {
    int64_t n = i / outputChannels, o = i % outputChannels;
    double *row = &result.data[i * outputVolume];
    std::fill_n(row, outputVolume, op.getBias() ? operands[2]->data[o] : 0.0);
    for (int64_t d = 0; d < depth.output; ++d)
      for (int64_t h = 0; h < height.output; ++h, row += width.output)
        addRows(n, o, d, h, row);
  });
}
} // namespace

void reference::compute(ConvOp op, Operands operands, ReferenceTensor &result) {
  convolve<ConvAxis>(op, operands, result);
}

void reference::compute(ConvTransposeOp op, Operands operands,
                        ReferenceTensor &result) {
  convolve<TransposedAxis>(op, operands, result);
}
