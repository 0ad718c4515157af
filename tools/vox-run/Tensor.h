//===- Tensor.h - The values that vox-run moves around --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_TOOLS_VOX_RUN_TENSOR_H
#define VOX_TOOLS_VOX_RUN_TENSOR_H

#include "vox/Reference/Evaluator.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace vox::run {

/// An input or output as a model declares it.
struct TensorInfo {
  std::string name;
  llvm::SmallVector<int64_t> shape;

  bool operator==(const TensorInfo &other) const {
    return name == other.name && shape == other.shape;
  }
};

struct Signature {
  std::vector<TensorInfo> inputs, outputs;

  bool operator==(const Signature &other) const {
    return inputs == other.inputs && outputs == other.outputs;
  }
};

/// Elements are doubles for float32 tensors too, which loses nothing and lets
/// compiled and reference results take one path.
using Tensor = ReferenceTensor;

/// How inputs without a file are made.
enum class Fill { Random, Zeros, Ones, Iota };

/// Fills input number `input` of a model. `Random` gives float32 numbers from
/// the standard normal distribution that any other program can repeat: with
///
///   mix(z): z ^= z >> 30; z *= 0xbf58476d1ce4e5b9;
///           z ^= z >> 27; z *= 0x94d049bb133111eb; z ^= z >> 31
///   draw(s, i) = mix(s + (i + 1) 0x9e3779b97f4a7c15)   (SplitMix64's i-th)
///
/// in 64-bit arithmetic, s = draw(seed, input),
/// u = ((draw(s, 2 i) >> 11) + 1) / 2^53 and v = (draw(s, 2 i + 1) >> 11) /
/// 2^53, element i is sqrt(-2 ln u) cos(2 pi v). `Iota` counts 0, 1, 2, ...
Tensor makeInput(llvm::ArrayRef<int64_t> shape, Fill fill, uint64_t seed,
                 unsigned input);

/// Reads a tensor of shape `info.shape` from a file in a format that the suffix
/// tells. With `wide`, a `.npy` file may hold float64 as well as float32.
/// Messages begin with the path.
llvm::Expected<Tensor> readTensor(llvm::StringRef path, const TensorInfo &info,
                                  bool wide);

/// Writes float32, or float64 where `wide` is set and the suffix is `.npy`.
/// The file appears complete or not at all.
llvm::Error writeTensor(llvm::StringRef path, llvm::StringRef name,
                        const Tensor &tensor, bool wide);

/// Writes beside `path`, then renames.
llvm::Error writeFile(llvm::StringRef path,
                      llvm::function_ref<void(llvm::raw_ostream &)> write);

/// `%.9g`, which tells float32 values apart; NaN without its sign.
void printNumber(llvm::raw_ostream &os, double x);
/// One line on the elements: extremes, mean, RMS, and how many are not finite.
void printSummary(llvm::raw_ostream &os, const Tensor &tensor);
/// The first 64 elements in row-major order.
void printElements(llvm::raw_ostream &os, const Tensor &tensor);

} // namespace vox::run

#endif // VOX_TOOLS_VOX_RUN_TENSOR_H
