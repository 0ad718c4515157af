//===- Tensor.h - The values that networks take and give ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_TENSOR_H
#define VOX_EXECUTION_TENSOR_H

#include "vox/Reference/Evaluator.h"
#include "vox/Runtime/TensorFile.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace vox::execution {

/// An input or output as a model declares it.
struct TensorInfo {
  std::string name;
  llvm::SmallVector<int64_t> shape;
  /// Of include/vox/Runtime/Model.h.
  int32_t type = VOX_FLOAT32;
  /// The bounds of extents that are -1 in `shape`; empty where none is.
  llvm::SmallVector<int64_t> least = {}, greatest = {};

  bool isFloat() const { return type == VOX_FLOAT32; }
  bool isOpen() const { return !greatest.empty(); }
  /// The same of a certain shape.
  TensorInfo at(llvm::ArrayRef<int64_t> fixed) const {
    return {name, llvm::SmallVector<int64_t>(fixed), type};
  }
  bool operator==(const TensorInfo &other) const {
    return name == other.name && shape == other.shape && type == other.type &&
           least == other.least && greatest == other.greatest;
  }
};

struct Signature {
  std::vector<TensorInfo> inputs, outputs;

  bool isOpen() const {
    return llvm::any_of(inputs, [](const TensorInfo &i) { return i.isOpen(); });
  }
  bool operator==(const Signature &other) const {
    return inputs == other.inputs && outputs == other.outputs;
  }
};

/// Elements are doubles whatever their type in the model, which lets compiled
/// and reference results take one path. It loses nothing but the last bits of
/// integers beyond 2^53.
using Tensor = ReferenceTensor;

/// Elements of `type` as they lie in memory, to and from doubles.
void packElements(llvm::ArrayRef<double> from, int32_t type, void *to);
std::vector<double> unpackElements(const void *from, int32_t type,
                                   size_t count);

/// SplitMix64's number `i` from `seed`: 64 random bits.
uint64_t draw(uint64_t seed, uint64_t i);

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
/// 2^53, element i is sqrt(-2 ln u) cos(2 pi v). Integers are the top 8 bits of
/// draw(s, i), with a sign if their type has one; bools the top bit. `Iota`
/// counts 0, 1, 2, ..., as far as the type goes and then again.
Tensor makeInput(const TensorInfo &info, Fill fill, uint64_t seed,
                 unsigned input);

/// Why a tensor can't have `shape` where `info` has open extents; nothing if it
/// can.
std::string checkBounds(const TensorInfo &info, llvm::ArrayRef<int64_t> shape);

/// Reads a tensor as `info` says from a file in a format that the suffix tells.
/// Where extents are open the file says how long they are.
/// With `wide`, a `.npy` file may hold float64 in place of float32. Messages
/// begin with the path. `geometry` is filled from a NIfTI file.
llvm::Expected<Tensor> readTensor(llvm::StringRef path, const TensorInfo &info,
                                  bool wide, vox_geometry *geometry = nullptr);

/// Writes elements as `info` says, or float64 where `wide` is set, the suffix
/// is `.npy` and elements are no integers. The file appears complete or not at
/// all. A NIfTI file lies in the world like the first of `geometries` that has
/// its extents.
llvm::Error writeTensor(llvm::StringRef path, const TensorInfo &info,
                        const Tensor &tensor, bool wide,
                        llvm::ArrayRef<vox_geometry> geometries);

/// Writes beside `path`, then renames.
llvm::Error writeFile(llvm::StringRef path,
                      llvm::function_ref<void(llvm::raw_ostream &)> write);

/// `%.9g`, which tells float32 values apart, or all digits of a greater
/// integer; NaN without its sign.
void printNumber(llvm::raw_ostream &os, double x);
/// One line on the elements: their type unless it is float32, extremes, mean,
/// RMS, and how many are not finite.
void printSummary(llvm::raw_ostream &os, const Tensor &tensor, int32_t type);
/// The first 64 elements in row-major order.
void printElements(llvm::raw_ostream &os, const Tensor &tensor);

} // namespace vox::execution

#endif // VOX_EXECUTION_TENSOR_H
