//===- Tensor.cpp - Filling and printing tensors --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Tensor.h"

#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Runtime/Elements.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace vox;
using namespace vox::execution;

uint64_t execution::draw(uint64_t seed, uint64_t i) {
  uint64_t z = seed + (i + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

static float drawNormal(uint64_t seed, uint64_t i) {
  double u = std::ldexp(double((draw(seed, 2 * i) >> 11) + 1), -53);
  double v = std::ldexp(double(draw(seed, 2 * i + 1) >> 11), -53);
  return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * llvm::numbers::pi * v);
}

void execution::packElements(llvm::ArrayRef<double> from, int32_t type,
                             void *to) {
  if (type == VOX_FLOAT32) {
    std::copy(from.begin(), from.end(), static_cast<float *>(to));
    return;
  }
  for (auto [i, x] : llvm::enumerate(from))
    vox_set_integer(type, to, i, x < 0x1p63 ? int64_t(x) : INT64_MAX);
}

std::vector<double> execution::unpackElements(const void *from, int32_t type,
                                              size_t count) {
  std::vector<double> to(count);
  for (size_t i = 0; i < count; ++i)
    to[i] = vox_get_number(type, from, i);
  return to;
}

/// Element i of a filled integer tensor.
static int64_t makeInteger(int32_t type, Fill fill, uint64_t stream,
                           uint64_t i) {
  bool isSigned = vox_element_min(type) < 0;
  // The type's numbers from 0 on, or one period of them.
  uint64_t period = uint64_t(vox_element_max(type)) + 1;
  switch (fill) {
  case Fill::Random:
    if (type == VOX_BOOL)
      return draw(stream, i) >> 63;
    return int64_t(draw(stream, i) >> 56) + (isSigned ? INT8_MIN : 0);
  case Fill::Ones:
    return 1;
  case Fill::Iota:
    return i % period;
  case Fill::Zeros:
    return 0;
  }
  llvm_unreachable("unknown fill");
}

static float makeFloat(Fill fill, uint64_t stream, uint64_t i) {
  switch (fill) {
  case Fill::Random:
    return drawNormal(stream, i);
  case Fill::Ones:
    return 1;
  case Fill::Iota:
    return i;
  case Fill::Zeros:
    return 0;
  }
  llvm_unreachable("unknown fill");
}

std::string execution::checkBounds(const TensorInfo &info,
                                   llvm::ArrayRef<int64_t> shape) {
  if (shape.size() != info.shape.size())
    return ("rank is " + llvm::Twine(shape.size()) + "; expected " +
            llvm::Twine(info.shape.size()))
        .str();
  for (size_t i = 0; i < shape.size(); ++i)
    if (shape[i] < info.least[i] || shape[i] > info.greatest[i])
      return ("extent " + llvm::Twine(i) + " is " + llvm::Twine(shape[i]) +
              "; expected " + llvm::Twine(info.least[i]) +
              (info.least[i] == info.greatest[i]
                   ? ""
                   : " to " + std::to_string(info.greatest[i])))
          .str();
  return "";
}

Tensor execution::makeInput(const TensorInfo &info, Fill fill, uint64_t seed,
                            unsigned input) {
  Tensor tensor{info.shape, std::vector<double>(*numElements(info.shape))};
  uint64_t stream = draw(seed, input);
  for (auto [i, x] : llvm::enumerate(tensor.data))
    x = info.isFloat() ? makeFloat(fill, stream, i)
                       : makeInteger(info.type, fill, stream, i);
  return tensor;
}

void execution::printNumber(llvm::raw_ostream &os, double x) {
  if (std::isnan(x))
    os << "nan";
  else if (x == std::trunc(x) && std::fabs(x) >= 1e9 && std::fabs(x) < 0x1p53)
    os << int64_t(x);
  else
    os << llvm::format("%.9g", x);
}

void execution::printSummary(llvm::raw_ostream &os, const Tensor &tensor,
                             int32_t type) {
  double least = INFINITY, greatest = -INFINITY, sum = 0, squares = 0;
  size_t finite = 0;
  for (double x : tensor.data) {
    if (!std::isfinite(x))
      continue;
    ++finite;
    least = std::min(least, x);
    greatest = std::max(greatest, x);
    sum += x;
    squares += x * x;
  }
  if (type != VOX_FLOAT32)
    os << vox_element_name(type) << ' ';
  os << formatShape(tensor.shape);
  if (finite > 0)
    os << llvm::format(", min %.4g, max %.4g, mean %.4g, RMS %.4g", least,
                       greatest, sum / finite, std::sqrt(squares / finite));
  if (finite < tensor.data.size())
    os << ", " << tensor.data.size() - finite << " not finite";
}

void execution::printElements(llvm::raw_ostream &os, const Tensor &tensor) {
  const size_t most = 64;
  for (double x : llvm::ArrayRef<double>(tensor.data).take_front(most)) {
    os << ' ';
    printNumber(os, x);
  }
  if (tensor.data.size() > most)
    os << " ...";
}
