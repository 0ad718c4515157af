//===- CompiledModel.cpp - A model in a shared library --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The file is examined before the loader sees it: the loader maps a truncated
// library without complaint and the first access beyond its end is a bus error.
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/CompiledModel.h"

#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Runtime/Elements.h"

#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"

#include <dlfcn.h>

using namespace llvm;
using namespace vox;
using namespace vox::execution;

static Error makeError(StringRef path, const Twine &message) {
  return createStringError(path + ": error: " + message);
}

/// The NAME for which the library exports NAME_describe.
static Expected<std::string> findModelName(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return makeError(path, "can't be read: " + buffer.getError().message());
  auto file = object::ELF64LEObjectFile::create((*buffer)->getMemBufferRef());
  if (!file)
    return makeError(path, "is no shared library for this machine: " +
                               toString(file.takeError()));
  SmallVector<std::string> names;
  for (object::ELFSymbolRef symbol : file->getDynamicSymbolIterators()) {
    Expected<StringRef> name = symbol.getName();
    Expected<uint32_t> flags = symbol.getFlags();
    if (!name || !flags) {
      consumeError(name.takeError());
      consumeError(flags.takeError());
      continue;
    }
    if (!(*flags & object::SymbolRef::SF_Undefined) &&
        name->consume_back("_describe") && !name->empty())
      names.push_back(name->str());
  }
  if (names.size() != 1)
    return makeError(path, "holds " + Twine(names.size()) +
                               " compiled models; expected one (a function "
                               "NAME_describe)");
  return names.front();
}

Expected<std::unique_ptr<CompiledModel>>
CompiledModel::load(StringRef path, int threads, vox_observer observer,
                    void *observerData) {
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = threads;
  options.observer = observer;
  options.observer_data = observerData;
  std::unique_ptr<CompiledModel> model(new CompiledModel());
  if (Error error = model->open(path, options))
    return std::move(error);
  return std::move(model);
}

CompiledModel::~CompiledModel() {
  if (handle)
    destroy(handle);
  if (library)
    dlclose(library);
}

static Error copyInfos(StringRef path, const vox_tensor_info *infos,
                       int32_t count, std::vector<TensorInfo> &result) {
  for (const vox_tensor_info &info : ArrayRef(infos, count)) {
    if (vox_element_bytes(info.type) == 0)
      return makeError(path, "tensor \"" + Twine(info.name) +
                                 "\" has element type " + Twine(info.type) +
                                 ", which this program does not know");
    ArrayRef<int64_t> shape(info.shape, info.rank);
    result.push_back({info.name, SmallVector<int64_t>(shape), info.type});
    if (!is_contained(shape, -1))
      continue;
    result.back().least.assign(ArrayRef(info.least, info.rank));
    result.back().greatest.assign(ArrayRef(info.greatest, info.rank));
  }
  return Error::success();
}

Error CompiledModel::open(StringRef file, const vox_options &options) {
  path = file.str();
  Expected<std::string> name = findModelName(path);
  if (!name)
    return name.takeError();
  // A path without a slash would be looked up in the system's folders.
  SmallString<256> absolute(file);
  if (std::error_code code = sys::fs::make_absolute(absolute))
    return makeError(path, code.message());
  library = dlopen(absolute.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return makeError(path, "can't be loaded: " + Twine(dlerror()));

  Error missing = Error::success();
  auto find = [&](StringRef suffix, auto &function) {
    std::string symbol = (*name + "_" + suffix).str();
    void *address = dlsym(library, symbol.c_str());
    function = reinterpret_cast<std::decay_t<decltype(function)>>(address);
    if (!address)
      missing = joinErrors(std::move(missing),
                           makeError(path, "has no function " + symbol));
  };
  find("create", create);
  find("describe", describe);
  find("output_shapes", outputShapes);
  find("workspace_size", workspaceSize);
  find("run", runModel);
  find("last_error", lastError);
  find("destroy", destroy);
  if (missing)
    return missing;

  description = describe();
  if (!description || description->abi_version != VOX_MODEL_ABI)
    return makeError(
        path,
        "has version " + Twine(description ? description->abi_version : 0) +
            " of the models' interface; expected " + Twine(VOX_MODEL_ABI));
  if (Error error = copyInfos(path, description->inputs,
                              description->num_inputs, signature.inputs))
    return error;
  if (Error error = copyInfos(path, description->outputs,
                              description->num_outputs, signature.outputs))
    return error;

  return check(create(&options, &handle));
}

Error CompiledModel::check(vox_status status) {
  if (status == VOX_OK)
    return Error::success();
  modelFault = status == VOX_ERROR_KERNEL;
  return makeError(path, StringRef(lastError(handle)));
}

vox_tensor CompiledModel::Buffer::view() {
  return {data.data(),  type,    int32_t(shape.size()),
          shape.data(), nullptr, VOX_DEVICE_CPU};
}

Error CompiledModel::bind(ArrayRef<Tensor> tensors) {
  inputs.clear();
  outputs.clear();
  inputViews.clear();
  outputViews.clear();
  for (auto [info, tensor] : zip_equal(signature.inputs, tensors)) {
    size_t bytes = tensor.data.size() * vox_element_bytes(info.type);
    inputs.push_back({tensor.shape, info.type, std::vector<char>(bytes)});
    packElements(tensor.data, info.type, inputs.back().data.data());
  }
  for (Buffer &buffer : inputs)
    inputViews.push_back(buffer.view());

  SmallVector<int64_t *> shapes;
  for (const TensorInfo &info : signature.outputs)
    outputs.push_back({info.shape, info.type, {}});
  for (Buffer &buffer : outputs)
    shapes.push_back(buffer.shape.data());
  if (Error error =
          check(outputShapes(handle, inputViews.data(), shapes.data())))
    return error;
  for (Buffer &buffer : outputs) {
    std::optional<int64_t> count = numElements(buffer.shape);
    if (!count)
      return makeError(path, "an output of shape " +
                                 Twine(formatShape(buffer.shape)) +
                                 " is too large");
    // As a float32 a NaN: shows what a faulty model leaves unwritten.
    buffer.data.assign(*count * vox_element_bytes(buffer.type), '\xff');
    outputViews.push_back(buffer.view());
  }
  return Error::success();
}

Error CompiledModel::run() {
  return run(inputViews.data(), outputViews.data());
}

Error CompiledModel::run(const vox_tensor *inputs, const vox_tensor *outputs) {
  return check(runModel(handle, inputs, outputs, nullptr));
}

std::vector<Tensor> CompiledModel::getOutputs() const {
  std::vector<Tensor> result;
  for (const Buffer &buffer : outputs)
    result.push_back(
        {buffer.shape, unpackElements(buffer.data.data(), buffer.type,
                                      *numElements(buffer.shape))});
  return result;
}

Expected<std::vector<Tensor>> CompiledModel::run(ArrayRef<Tensor> inputs) {
  if (Error error = bind(inputs))
    return std::move(error);
  if (Error error = run())
    return std::move(error);
  return getOutputs();
}
