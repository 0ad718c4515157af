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
//===----------------------------------------------------------------------===//

#include "Ops.h"
#include "Support.h"

using namespace vox;
using namespace vox::reference;

namespace {
/// One spatial dimension.
struct Axis {
  int64_t input, output, kernel, stride, dilation, pad;

  /// Where output position 0 reads under kernel element `k`; may be outside.
  int64_t first(int64_t k) const { return k * dilation - pad; }
  /// The input position that output `o` reads, or -1 in the padding.
  int64_t at(int64_t o, int64_t k) const {
    int64_t i = o * stride + first(k);
    return i < input ? std::max<int64_t>(i, -1) : -1;
  }
  /// Outputs [begin, end) read inside the input under kernel element `k`.
  std::pair<int64_t, int64_t> inside(int64_t k) const {
    int64_t begin = 0, end = output;
    while (begin < end && at(begin, k) < 0)
      ++begin;
    while (end > begin && at(end - 1, k) < 0)
      --end;
    return {begin, end};
  }
};
} // namespace

void reference::compute(ConvOp op, Operands operands, ReferenceTensor &result) {
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
    return Axis{in[i], out[i], kernel[i], strides[i], dilations[i], pads[i]};
  };
  const Axis depth = axis(0), height = axis(1), width = axis(2);

  int64_t outputChannels = yShape[1], inputChannels = xShape[1];
  int64_t groupInputs = wShape[1];
  int64_t groupOutputs = outputChannels / int64_t(op.getGroups());
  int64_t inputVolume = product(in), outputVolume = product(out);
  int64_t kernelVolume = product(kernel);

  llvm::SmallVector<std::pair<int64_t, int64_t>> columns;
  for (int64_t k = 0; k < width.kernel; ++k)
    columns.push_back(width.inside(k));

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
          for (int64_t kw = 0; kw < width.kernel; ++kw) {
            double factor = *weight++;
            if (id < 0 || ih < 0)
              continue;
            const double *source =
                plane + (id * height.input + ih) * width.input;
            int64_t first = width.first(kw), stride = width.stride;
            auto [begin, end] = columns[kw];
            for (int64_t p = begin; p < end; ++p)
              row[p] += factor * source[p * stride + first];
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
