//===- Shapes.cpp - Result shapes of the ops ------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace vox;
using llvm::createStringError;

/// Extents and window parameters come from files: keeping them below this bound
/// keeps all arithmetic on them inside 64 bits.
static constexpr int64_t kLimit = std::numeric_limits<int32_t>::max();

std::string vox::formatShape(ShapeRef shape) {
  if (shape.empty())
    return "scalar";
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::interleave(shape, os, "x");
  return text;
}

std::optional<int64_t> vox::numElements(ShapeRef shape) {
  int64_t count = 1;
  for (int64_t extent : shape) {
    // No extent alone may exceed the limit either, not even of an empty tensor:
    // what extents are multiplied with or added to stays inside 64 bits.
    if (extent < 0 || extent > kLimit)
      return std::nullopt;
    count *= extent;
    if (count > kLimit)
      return std::nullopt;
  }
  return count;
}

static llvm::Error checkList(const char *name, ShapeRef list, size_t size,
                             int64_t least) {
  if (list.size() != size)
    return createStringError("%s has %zu entries; expected %zu", name,
                             list.size(), size);
  for (auto [i, value] : llvm::enumerate(list))
    if (value < least || value > kLimit)
      return createStringError("%s[%zu] is %lld; expected %lld to 2^31 - 1",
                               name, i, (long long)value, (long long)least);
  return llvm::Error::success();
}

llvm::Expected<Shape> vox::inferWindowShape(ShapeRef extents,
                                            const Window &window) {
  size_t rank = extents.size();
  if (rank < 1 || rank > 3)
    return createStringError("%zu spatial dimensions; expected 1 to 3", rank);
  if (auto error = checkList("kernel", window.kernel, rank, 1))
    return std::move(error);
  if (auto error = checkList("strides", window.strides, rank, 1))
    return std::move(error);
  if (auto error = checkList("dilations", window.dilations, rank, 1))
    return std::move(error);
  if (auto error = checkList("pads", window.pads, 2 * rank, 0))
    return std::move(error);
  if (!numElements(window.kernel))
    return createStringError("the window has shape %s; expected at most "
                             "2^31 - 1 elements",
                             formatShape(window.kernel).c_str());

  Shape result;
  for (size_t i = 0; i < rank; ++i) {
    int64_t padded = extents[i] + window.pads[i] + window.pads[rank + i];
    if (padded > kLimit)
      return createStringError("extent %lld with its pads exceeds 2^31 - 1 "
                               "along spatial dimension %zu",
                               (long long)padded, i);
    int64_t reach = 0; // last minus first position of a window
    if (llvm::MulOverflow(window.dilations[i], window.kernel[i] - 1, reach) ||
        reach >= padded)
      return createStringError(
          "the window covers more than the padded input along spatial "
          "dimension %zu (kernel %lld, dilation %lld, padded extent %lld)",
          i, (long long)window.kernel[i], (long long)window.dilations[i],
          (long long)padded);
    int64_t stride = window.strides[i];
    int64_t room = padded - reach - 1;
    int64_t count = room / stride + 1;
    if (window.ceilMode && room % stride != 0) {
      // A last, partial window counts only if it starts inside the input or
      // the padding before it.
      if (count * stride < extents[i] + window.pads[i])
        ++count;
    }
    result.push_back(count);
  }
  return result;
}

/// What a convolution and a transposed one have in common: ranks, channels and
/// groups.
static llvm::Error checkChannels(ShapeRef input, ShapeRef weights,
                                 int64_t groups) {
  if (input.size() < 3 || input.size() > 5)
    return createStringError("input has rank %zu; expected 3 to 5 ([N, C] and "
                             "1 to 3 spatial dimensions)",
                             input.size());
  if (weights.size() != input.size())
    return createStringError("weights have rank %zu; expected %zu, the rank "
                             "of the input",
                             weights.size(), input.size());
  int64_t inputChannels = input[1], outputChannels = weights[0];
  if (inputChannels < 1 || outputChannels < 1)
    return createStringError("input has %lld channels and the result %lld; "
                             "expected at least 1 of each",
                             (long long)inputChannels,
                             (long long)outputChannels);
  if (groups < 1 || inputChannels % groups != 0 || outputChannels % groups != 0)
    return createStringError("groups is %lld; expected a divisor of %lld input "
                             "and %lld output channels",
                             (long long)groups, (long long)inputChannels,
                             (long long)outputChannels);
  if (weights[1] != inputChannels / groups)
    return createStringError(
        "weights take %lld channels per group; expected %lld (%lld input "
        "channels in %lld groups)",
        (long long)weights[1], (long long)(inputChannels / groups),
        (long long)inputChannels, (long long)groups);
  return llvm::Error::success();
}

/// Kernels copy what they read of the input with its border of zeros: refuses
/// borders that would make the copy larger than any tensor may be.
static llvm::Error checkBorder(ShapeRef input, ShapeRef border) {
  constexpr int64_t most = int64_t(1) << 29;
  std::optional<int64_t> alone = numElements(input);
  if (!alone || *alone >= most)
    return llvm::Error::success(); // not the border's fault
  Shape padded(input);
  for (auto [i, width] : llvm::enumerate(border))
    padded[2 + i] += width;
  std::optional<int64_t> count = numElements(padded);
  if (count && *count < most)
    return llvm::Error::success();
  return createStringError("the input with its border of zeros has shape %s; "
                           "expected fewer than 2^29 elements",
                           formatShape(padded).c_str());
}

llvm::Expected<Shape> vox::inferConvShape(ShapeRef input, ShapeRef weights,
                                          ShapeRef strides, ShapeRef dilations,
                                          ShapeRef pads, int64_t groups) {
  if (auto error = checkChannels(input, weights, groups))
    return std::move(error);
  Window window{weights.drop_front(2), strides, dilations, pads};
  auto spatial = inferWindowShape(input.drop_front(2), window);
  if (!spatial)
    return spatial.takeError();
  Shape border;
  for (size_t i = 0; i < spatial->size(); ++i)
    border.push_back(pads[i] + pads[spatial->size() + i]);
  if (auto error = checkBorder(input, border))
    return std::move(error);
  Shape result{input[0], weights[0]};
  result.append(*spatial);
  return result;
}

llvm::Expected<Shape>
vox::inferConvTransposeShape(ShapeRef input, ShapeRef weights, ShapeRef strides,
                             ShapeRef dilations, ShapeRef pads,
                             ShapeRef outputPads, int64_t groups) {
  if (auto error = checkChannels(input, weights, groups))
    return std::move(error);
  size_t rank = input.size() - 2;
  ShapeRef kernel = weights.drop_front(2);
  if (auto error = checkList("kernel", kernel, rank, 1))
    return std::move(error);
  if (auto error = checkList("strides", strides, rank, 1))
    return std::move(error);
  if (auto error = checkList("dilations", dilations, rank, 1))
    return std::move(error);
  if (auto error = checkList("pads", pads, 2 * rank, 0))
    return std::move(error);
  if (auto error = checkList("output_pads", outputPads, rank, 0))
    return std::move(error);
  Shape result{input[0], weights[0]}, border;
  for (size_t i = 0; i < rank; ++i) {
    if (input[2 + i] < 1)
      return createStringError("input is empty along spatial dimension %zu; "
                               "expected at least one position",
                               i);
    // Each factor is below 2^31, so no product leaves 64 bits.
    int64_t extent = (input[2 + i] - 1) * strides[i] +
                     dilations[i] * (kernel[i] - 1) + 1 - pads[i] -
                     pads[rank + i] + outputPads[i];
    if (extent < 1 || extent > kLimit)
      return createStringError("result has extent %lld along spatial dimension "
                               "%zu; expected 1 to 2^31 - 1",
                               (long long)extent, i);
    if (outputPads[i] >= std::max(strides[i], dilations[i]))
      return createStringError("output_pads[%zu] is %lld; expected less than "
                               "the stride %lld or the dilation %lld",
                               i, (long long)outputPads[i],
                               (long long)strides[i], (long long)dilations[i]);
    result.push_back(extent);
    // How far a position of the result reads beyond the input, on either side.
    int64_t reach = dilations[i] * (kernel[i] - 1) / strides[i];
    border.push_back(2 * std::min(reach, kLimit));
  }
  if (auto error = checkBorder(input, border))
    return std::move(error);
  return result;
}

llvm::Expected<Shape> vox::inferDenseShape(ShapeRef input, ShapeRef weights) {
  if (input.empty())
    return createStringError("input is a scalar; expected [..., K]");
  if (weights.size() != 2)
    return createStringError("weights have rank %zu; expected 2 ([N, K])",
                             weights.size());
  if (weights[0] < 1 || weights[1] < 1)
    return createStringError("weights have shape %s; expected at least 1x1",
                             formatShape(weights).c_str());
  if (input.back() != weights[1])
    return createStringError("the input's last dimension is %lld; expected "
                             "%lld, the weights' K",
                             (long long)input.back(), (long long)weights[1]);
  Shape result(input.drop_back());
  result.push_back(weights[0]);
  return result;
}

llvm::Expected<Shape> vox::inferMatMulShape(ShapeRef lhs, ShapeRef rhs) {
  if (lhs.size() < 2 || rhs.size() < 2)
    return createStringError("operands have shapes %s and %s; expected at "
                             "least two dimensions each",
                             formatShape(lhs).c_str(),
                             formatShape(rhs).c_str());
  for (ShapeRef shape : {lhs, rhs})
    if (llvm::is_contained(shape, 0))
      return createStringError("an operand has shape %s; expected no dimension "
                               "to be 0",
                               formatShape(shape).c_str());
  if (lhs.back() != rhs[rhs.size() - 2])
    return createStringError("operands have shapes %s and %s; expected the "
                             "last dimension of the first to be the last but "
                             "one of the second",
                             formatShape(lhs).c_str(),
                             formatShape(rhs).c_str());
  auto result = inferBroadcastShape(lhs.drop_back(2), rhs.drop_back(2));
  if (!result)
    return result;
  result->push_back(lhs[lhs.size() - 2]);
  result->push_back(rhs.back());
  return result;
}

Shape vox::inferGatherShape(ShapeRef data, ShapeRef indices, int64_t axis) {
  Shape result(data.take_front(axis));
  llvm::append_range(result, indices);
  llvm::append_range(result, data.drop_front(axis + 1));
  return result;
}

llvm::Expected<Shape>
vox::inferGatherElementsShape(ShapeRef data, ShapeRef indices, int64_t axis) {
  bool fits = data.size() == indices.size();
  for (size_t i = 0; fits && i < data.size(); ++i)
    fits = int64_t(i) == axis || indices[i] <= data[i];
  if (fits)
    return Shape(indices);
  return createStringError("indices have shape %s; expected at most %s in the "
                           "dimensions other than %lld",
                           formatShape(indices).c_str(),
                           formatShape(data).c_str(), (long long)axis);
}

llvm::Expected<Shape> vox::inferGatherNDShape(ShapeRef data, ShapeRef indices,
                                              int64_t batchDims) {
  int64_t rank = std::min(data.size(), indices.size());
  if (batchDims < 0 || batchDims >= rank ||
      data.take_front(batchDims) != indices.take_front(batchDims))
    return createStringError("batch_dims is %lld; expected less than %lld, and "
                             "%s and %s to agree in so many dimensions",
                             (long long)batchDims, (long long)rank,
                             formatShape(data).c_str(),
                             formatShape(indices).c_str());
  int64_t listed = indices.back(), most = data.size() - batchDims;
  if (listed < 1 || listed > most)
    return createStringError("indices list %lld positions; expected 1 to %lld",
                             (long long)listed, (long long)most);
  Shape result(indices.drop_back());
  llvm::append_range(result, data.drop_front(batchDims + listed));
  return result;
}

llvm::Expected<Shape> vox::inferBroadcastShape(ShapeRef lhs, ShapeRef rhs) {
  if (lhs.size() < rhs.size())
    std::swap(lhs, rhs);
  Shape result(lhs);
  size_t offset = lhs.size() - rhs.size();
  for (size_t i = 0; i < rhs.size(); ++i) {
    int64_t &extent = result[offset + i];
    if (extent == rhs[i] || rhs[i] == 1)
      continue;
    if (extent != 1)
      return createStringError("shapes %s and %s can't be broadcast together",
                               formatShape(lhs).c_str(),
                               formatShape(rhs).c_str());
    extent = rhs[i];
  }
  return result;
}

llvm::Expected<Shape> vox::inferConcatShape(llvm::ArrayRef<ShapeRef> inputs,
                                            int64_t axis) {
  if (inputs.empty())
    return createStringError("no inputs; expected at least one");
  Shape result(inputs.front());
  if (axis < 0 || axis >= (int64_t)result.size())
    return createStringError("axis is %lld; expected 0 to %zd", (long long)axis,
                             (ssize_t)result.size() - 1);
  for (ShapeRef input : inputs.drop_front()) {
    Shape expected(result), got(input);
    if (got.size() == expected.size())
      expected[axis] = got[axis];
    if (got != expected)
      return createStringError(
          "input shape %s does not match %s outside dimension %lld",
          formatShape(got).c_str(), formatShape(inputs.front()).c_str(),
          (long long)axis);
    result[axis] += input[axis];
  }
  return result;
}

llvm::Expected<Shape> vox::inferPadShape(ShapeRef input, ShapeRef pads) {
  size_t rank = input.size();
  if (pads.size() != 2 * rank)
    return createStringError("pads has %zu entries; expected %zu", pads.size(),
                             2 * rank);
  Shape result;
  for (size_t i = 0; i < rank; ++i) {
    int64_t before = pads[i], after = pads[rank + i];
    if (before < -kLimit || before > kLimit || after < -kLimit ||
        after > kLimit || input[i] + before + after < 1)
      return createStringError("dimension %zu of extent %lld can't be padded "
                               "by %lld and %lld; at least one element must "
                               "remain",
                               i, (long long)input[i], (long long)before,
                               (long long)after);
    result.push_back(input[i] + before + after);
  }
  return result;
}

llvm::Expected<Shape> vox::inferTransposeShape(ShapeRef input,
                                               ShapeRef permutation) {
  Shape result;
  llvm::SmallVector<bool> seen(input.size(), false);
  bool valid = permutation.size() == input.size();
  for (int64_t from : permutation) {
    if (!valid || from < 0 || from >= (int64_t)input.size() || seen[from]) {
      valid = false;
      break;
    }
    seen[from] = true;
    result.push_back(input[from]);
  }
  if (!valid)
    return createStringError(
        "[%s] is not a permutation of %zu dimensions",
        llvm::join(llvm::map_range(permutation,
                                   [](int64_t i) { return std::to_string(i); }),
                   ", ")
            .c_str(),
        input.size());
  return result;
}
