//===- Tensor.cpp - Filling and printing tensors --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tensor.h"

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <numeric>

using namespace vox;
using namespace vox::run;

static uint64_t draw(uint64_t seed, uint64_t i) {
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

Tensor run::makeInput(llvm::ArrayRef<int64_t> shape, Fill fill, uint64_t seed,
                      unsigned input) {
  std::vector<float> data(*numElements(shape));
  uint64_t stream = draw(seed, input);
  switch (fill) {
  case Fill::Random:
    for (size_t i = 0; i < data.size(); ++i)
      data[i] = drawNormal(stream, i);
    break;
  case Fill::Ones:
    llvm::fill(data, 1.0f);
    break;
  case Fill::Iota:
    std::iota(data.begin(), data.end(), 0.0f);
    break;
  case Fill::Zeros:
    break;
  }
  return {llvm::SmallVector<int64_t>(shape), {data.begin(), data.end()}};
}

void run::printNumber(llvm::raw_ostream &os, double x) {
  if (std::isnan(x))
    os << "nan";
  else
    os << llvm::format("%.9g", x);
}

void run::printSummary(llvm::raw_ostream &os, const Tensor &tensor) {
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
  os << formatShape(tensor.shape);
  if (finite > 0)
    os << llvm::format(", min %.4g, max %.4g, mean %.4g, RMS %.4g", least,
                       greatest, sum / finite, std::sqrt(squares / finite));
  if (finite < tensor.data.size())
    os << ", " << tensor.data.size() - finite << " not finite";
}

void run::printElements(llvm::raw_ostream &os, const Tensor &tensor) {
  const size_t most = 64;
  for (double x : llvm::ArrayRef<double>(tensor.data).take_front(most)) {
    os << ' ';
    printNumber(os, x);
  }
  if (tensor.data.size() > most)
    os << " ...";
}
