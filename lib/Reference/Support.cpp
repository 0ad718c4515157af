//===- Support.cpp - Indices, integers and threads for the evaluator ------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Threading.h"

#include <atomic>
#include <limits>
#include <thread>

using namespace vox;

llvm::SmallVector<int64_t>
reference::rowMajorStrides(llvm::ArrayRef<int64_t> shape) {
  llvm::SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

llvm::SmallVector<int64_t>
reference::broadcastStrides(llvm::ArrayRef<int64_t> shape,
                            llvm::ArrayRef<int64_t> result) {
  llvm::SmallVector<int64_t> strides(result.size() - shape.size(), 0);
  for (auto [extent, stride] : llvm::zip_equal(shape, rowMajorStrides(shape)))
    strides.push_back(extent == 1 ? 0 : stride);
  return strides;
}

int64_t reference::product(llvm::ArrayRef<int64_t> extents) {
  int64_t count = 1;
  for (int64_t extent : extents)
    count *= extent;
  return count;
}

int64_t reference::toInteger(double element) {
  // The greatest 64-bit integer is rounded up to 2^63.
  constexpr double end = 0x1p63;
  return element < end ? static_cast<int64_t>(element)
                       : std::numeric_limits<int64_t>::max();
}

double reference::wrapInteger(int64_t value, const ElementType &type) {
  if (type.bits == 64)
    return double(value);
  int64_t count = int64_t(1) << type.bits;
  int64_t rest = value & (count - 1);
  return double(rest > type.greatest() ? rest - count : rest);
}

void reference::forEachElement(
    llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> strides,
    llvm::function_ref<void(int64_t, int64_t)> visit) {
  llvm::SmallVector<int64_t> index(shape.size(), 0);
  int64_t count = product(shape), offset = 0;
  for (int64_t i = 0; i < count; ++i) {
    visit(i, offset);
    for (size_t d = shape.size(); d-- > 0;) {
      offset += strides[d];
      if (++index[d] < shape[d])
        break;
      offset -= shape[d] * strides[d];
      index[d] = 0;
    }
  }
}

std::array<int64_t, 3> reference::asThree(llvm::ArrayRef<int64_t> list,
                                          int64_t missing) {
  std::array<int64_t, 3> three;
  three.fill(missing);
  llvm::copy(list, three.end() - list.size());
  return three;
}

void reference::parallelFor(int64_t count,
                            llvm::function_ref<void(int64_t)> body) {
  std::atomic<int64_t> next{0};
  auto work = [&] {
    for (int64_t i; (i = next.fetch_add(1)) < count;)
      body(i);
  };
  int64_t processors = llvm::hardware_concurrency().compute_thread_count();
  std::vector<std::thread> helpers;
  for (int64_t i = 1; i < std::min(processors, count); ++i)
    helpers.emplace_back(work);
  work();
  for (std::thread &helper : helpers)
    helper.join();
}
