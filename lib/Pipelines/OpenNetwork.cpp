//===- OpenNetwork.cpp - Whether open extents can be trusted --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels compute addresses with the sizes that launches give them: a module
// from a file must not make them reach beyond their buffers.
//
//===----------------------------------------------------------------------===//

#include "OpenNetwork.h"

#include "vox/Dialect/Vox/IR/OpenExtents.h"

using namespace mlir;
using namespace vox;

/// Sizes are read off the inputs: each must be an extent of one.
static LogicalResult verifyInputs(func::FuncOp network, OpenSizesAttr open) {
  SmallVector<bool> isGiven(open.getLeast().size());
  for (AffineMap map : open.getInputs())
    for (AffineExpr extent : map.getResults())
      if (auto size = dyn_cast<AffineSymbolExpr>(extent))
        isGiven[size.getPosition()] = true;
      else if (!isa<AffineConstantExpr>(extent))
        return network.emitError()
               << "an input has the extent " << formatExtent(extent)
               << "; expected a number, or one of the sizes";
  for (auto [i, given] : llvm::enumerate(isGiven))
    if (!given)
      return network.emitError()
             << "size s" << i << " is no input's extent; expected one to have "
             << "it";
  return success();
}

LogicalResult vox::verifyOpenNetwork(func::FuncOp network) {
  Attribute attribute = network->getAttr(kOpen);
  if (!attribute)
    return success();
  auto open = dyn_cast<OpenSizesAttr>(attribute);
  if (!open)
    return network.emitError()
           << kOpen << " is " << attribute << "; expected #vox.open<...>";
  return success(succeeded(verifyInputs(network, open)) &&
                 succeeded(OpenExtents::ofNetwork(network)));
}

/// Whether a kernel takes its inputs at the extents that they have, where the
/// network's sizes are `sizes`.
static LogicalResult verifyLaunch(LaunchOp launch, OpenSizesAttr open,
                                  const OpenExtents &extents,
                                  ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> own;
  for (AffineExpr size : launch.getSizes()->getResults())
    own.push_back(evaluate(size, sizes));
  for (auto [i, size] : llvm::enumerate(own))
    if (size < open.getLeast()[i] || size > open.getGreatest()[i])
      return launch.emitOpError()
             << "gives " << size << " as size " << i << "; expected "
             << open.getLeast()[i] << " to " << open.getGreatest()[i];
  for (auto [input, map] : llvm::zip(launch.getInputs(), open.getInputs()))
    for (auto [actual, known] : llvm::zip(extents.get(input), map.getResults()))
      if (evaluate(actual, sizes) != evaluate(known, own))
        return launch.emitOpError()
               << "reads a value of extent " << evaluate(actual, sizes)
               << "; its kernel takes it for " << evaluate(known, own);
  return success();
}

LogicalResult vox::verifyOpenLaunches(func::FuncOp network) {
  FailureOr<OpenExtents> extents = OpenExtents::ofNetwork(network);
  if (failed(extents))
    return failure();
  OpenSizesAttr sizes = extents->getSizes();
  for (auto launch : network.getOps<LaunchOp>()) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(
        launch, launch.getKernelAttr());
    OpenSizesAttr open = kernel.getOpenAttr();
    bool readsOpen = llvm::any_of(launch.getInputs(), [&](Value input) {
      return extents->isOpen(input);
    });
    if (readsOpen && !open)
      return launch.emitOpError("reads open extents; expected a kernel with "
                                "sizes");
    if (!open)
      continue;
    if (!sizes)
      return launch.emitOpError("gives sizes; expected none in a network "
                                "without open extents");
    if (launch.getSizes()->getNumSymbols() != sizes.getLeast().size())
      return launch.emitOpError()
             << "computes with " << launch.getSizes()->getNumSymbols()
             << " sizes; the network has " << sizes.getLeast().size();
    if (failed(verifyLaunch(launch, open, *extents, sizes.getLeast())) ||
        failed(verifyLaunch(launch, open, *extents, sizes.getGreatest())))
      return failure();
  }
  return success();
}
