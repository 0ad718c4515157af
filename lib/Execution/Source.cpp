//===- Source.cpp - A model that is not compiled yet ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Source.h"

#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Pipelines/Options.h"

using namespace mlir;
using namespace vox;
using namespace vox::execution;

static TensorInfo makeInfo(Value value, std::string name,
                           const OpenExtents &extents) {
  auto type = cast<RankedTensorType>(value.getType());
  TensorInfo info{std::move(name), SmallVector<int64_t>(type.getShape()),
                  getElementType(type.getElementType())->code};
  if (!extents.isOpen(value))
    return info;
  info.greatest = info.shape;
  info.least.assign(extents.getLeastType(value).getShape());
  for (auto [extent, known] : llvm::zip(info.shape, extents.get(value)))
    if (!isa<AffineConstantExpr>(known))
      extent = -1;
  return info;
}

Signature execution::getSignature(func::FuncOp network) {
  FailureOr<OpenExtents> extents = OpenExtents::ofNetwork(network);
  assert(succeeded(extents) && "the network was verified");
  Signature signature;
  for (auto [i, value] : llvm::enumerate(network.getArguments()))
    signature.inputs.push_back(
        makeInfo(value, getInputName(network, i), *extents));
  Operation *terminator = network.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(terminator->getOperands()))
    signature.outputs.push_back(
        makeInfo(value, getOutputName(network, i), *extents));
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
  // The network was verified, so a pass has no reason to refuse it but that a
  // kernel can't have open extents.
  LogicalResult lowered = passes.run(*module);
  internalFault = failed(lowered) && !getNetwork()->hasAttr(kOpen);
  return lowered;
}

LogicalResult Source::compile(StringRef path, const CompileOptions &options,
                              bool &internalFault) {
  Product product;
  product.kind = Product::SharedLibrary;
  product.path = path;
  return emitProducts(*module, module->getName().value_or("model"), product,
                      options, &internalFault);
}
