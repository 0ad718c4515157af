//===- Source.cpp - A model that is not compiled yet ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Source.h"

#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Pipelines/Options.h"

using namespace mlir;
using namespace vox;
using namespace vox::execution;

static TensorInfo makeInfo(Type type, std::string name) {
  auto tensor = cast<RankedTensorType>(type);
  return {std::move(name), SmallVector<int64_t>(tensor.getShape()),
          getElementType(tensor.getElementType())->code};
}

Signature execution::getSignature(func::FuncOp network) {
  Signature signature;
  for (auto [i, type] : llvm::enumerate(network.getArgumentTypes()))
    signature.inputs.push_back(makeInfo(type, getInputName(network, i)));
  for (auto [i, type] : llvm::enumerate(network.getResultTypes()))
    signature.outputs.push_back(makeInfo(type, getOutputName(network, i)));
  return signature;
}

Source::Source(OwningOpRef<ModuleOp> network)
    : module(std::move(network)),
      signature(execution::getSignature(getNetwork())) {}

func::FuncOp Source::getNetwork() { return vox::getNetwork(*module); }

std::optional<Source> Source::read(StringRef path, MLIRContext &context,
                                   const ImportOptions &options) {
  OwningOpRef<ModuleOp> module = readModel(path, context, options);
  if (!module)
    return std::nullopt;
  return Source(std::move(module));
}

FailureOr<std::vector<Tensor>> Source::evaluate(ArrayRef<Tensor> inputs) {
  return vox::evaluate(getNetwork(), inputs);
}

LogicalResult Source::lower(Phase from, const CompileOptions &options,
                            bool &internalFault) {
  internalFault = false;
  if (from >= Phase::Kernels)
    return success();
  PassManager passes(module->getContext());
  if (failed(buildPipeline(passes, from, Phase::Kernels, options)))
    return failure();
  // The network was verified, so a pass has no reason to refuse it.
  internalFault = failed(passes.run(*module));
  return failure(internalFault);
}

LogicalResult Source::compile(StringRef path, const CompileOptions &options,
                              bool &internalFault) {
  Product product;
  product.kind = Product::SharedLibrary;
  product.path = path;
  return emitProducts(*module, module->getName().value_or("model"), product,
                      options, &internalFault);
}
