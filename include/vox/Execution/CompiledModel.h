//===- CompiledModel.h - A model in a shared library ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_COMPILED_MODEL_H
#define VOX_EXECUTION_COMPILED_MODEL_H

#include "vox/Execution/Tensor.h"

#include "vox/Runtime/Model.h"

#include <memory>

namespace vox::execution {

/// Loads `NAME_create` and its siblings from a shared library and runs them.
class CompiledModel {
public:
  /// Messages begin with `path`. `observer`, with `observerData`, is told of
  /// every launch.
  static llvm::Expected<std::unique_ptr<CompiledModel>>
  load(llvm::StringRef path, int threads, vox_observer observer = nullptr,
       void *observerData = nullptr);
  ~CompiledModel();
  CompiledModel(const CompiledModel &) = delete;
  CompiledModel &operator=(const CompiledModel &) = delete;

  llvm::StringRef getName() const { return description->name; }
  const Signature &getSignature() const { return signature; }
  llvm::ArrayRef<vox_launch_info> getLaunches() const {
    return {description->launches, size_t(description->num_launches)};
  }
  uint64_t getArenaBytes() const { return description->arena_bytes; }
  uint64_t getWeightsBytes() const { return description->weights_bytes; }
  /// The arena and what kernels need besides.
  uint64_t getWorkspaceBytes() const { return workspaceSize(handle); }

  /// Takes the inputs, asks for the outputs' shapes and makes room for them.
  llvm::Error bind(llvm::ArrayRef<Tensor> inputs);
  /// One inference on the bound inputs.
  llvm::Error run();
  /// One inference on the caller's own memory.
  llvm::Error run(const vox_tensor *inputs, const vox_tensor *outputs);
  std::vector<Tensor> getOutputs() const;
  /// One inference from inputs to outputs.
  llvm::Expected<std::vector<Tensor>> run(llvm::ArrayRef<Tensor> inputs);

  /// Whether the last failure was the model's own and not its caller's.
  bool isModelFault() const { return modelFault; }

private:
  /// A tensor as the model's functions take it.
  struct Buffer {
    llvm::SmallVector<int64_t> shape;
    int32_t type;
    std::vector<char> data;
    vox_tensor view();
  };

  CompiledModel() = default;
  llvm::Error open(llvm::StringRef path, const vox_options &options);
  llvm::Error check(vox_status status);

  void *library = nullptr;
  void *handle = nullptr;
  const vox_description *description = nullptr;
  vox_status (*create)(const vox_options *, void **) = nullptr;
  const vox_description *(*describe)() = nullptr;
  vox_status (*outputShapes)(void *, const vox_tensor *,
                             int64_t *const *) = nullptr;
  vox_status (*runModel)(void *, const vox_tensor *, const vox_tensor *,
                         void *) = nullptr;
  size_t (*workspaceSize)(const void *) = nullptr;
  const char *(*lastError)(const void *) = nullptr;
  void (*destroy)(void *) = nullptr;

  std::string path;
  Signature signature;
  std::vector<Buffer> inputs, outputs;
  std::vector<vox_tensor> inputViews, outputViews;
  bool modelFault = false;
};

} // namespace vox::execution

#endif // VOX_EXECUTION_COMPILED_MODEL_H
