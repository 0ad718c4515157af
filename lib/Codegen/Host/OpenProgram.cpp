//===- OpenProgram.cpp - Open extents in the program ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime reads sizes off the inputs, lets `infer` compute what follows
// from them, and compares the extents that must be equal.
//
//===----------------------------------------------------------------------===//

#include "OpenProgram.h"

#include "Affine.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace vox;

SmallVector<int64_t> vox::getShape(const OpenExtents &extents, Value value) {
  SmallVector<int64_t> shape;
  for (AffineExpr extent : extents.get(value)) {
    auto known = dyn_cast<AffineConstantExpr>(extent);
    shape.push_back(known ? known.getValue() : -1);
  }
  return shape;
}

SmallVector<Value> vox::loadSizes(HostConstants &host,
                                  const OpenExtents &extents, Value table) {
  SmallVector<Value> sizes;
  if (!extents.getSizes())
    return sizes;
  for (size_t i = 0; i < extents.getSizes().getLeast().size(); ++i) {
    Value slot =
        LLVM::GEPOp::create(host.builder, host.loc, host.pointer, host.i64,
                            table, ArrayRef<LLVM::GEPArg>{int32_t(i)});
    sizes.push_back(
        LLVM::LoadOp::create(host.builder, host.loc, host.i64, slot));
  }
  return sizes;
}

Type vox::openProgramType(HostConstants &host) {
  return host.recordType(
      {host.i32, host.i32, host.pointer, host.i32, host.pointer, host.pointer});
}

/// Extents that must be equal, each pair once.
static SmallVector<OpenExtents::Equality>
collectPairs(const OpenExtents &extents) {
  SmallVector<OpenExtents::Equality> pairs;
  llvm::DenseSet<std::pair<AffineExpr, AffineExpr>> known;
  for (const OpenExtents::Equality &equality : extents.getEqualities())
    if (known.insert({equality.lhs, equality.rhs}).second)
      pairs.push_back(equality);
  return pairs;
}

/// void infer(const int64_t *sizes, int64_t *extents)
static std::string buildInfer(HostConstants &host, const OpenExtents &extents,
                              ArrayRef<AffineExpr> wanted) {
  OpBuilder &builder = host.builder;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(host.module->getBody());
  auto type =
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()),
                                  {host.pointer, host.pointer});
  auto function = LLVM::LLVMFuncOp::create(builder, host.loc, "vox_infer", type,
                                           LLVM::Linkage::Internal);
  Block *entry = function.addEntryBlock(builder);
  builder.setInsertionPointToStart(entry);
  SmallVector<Value> sizes = loadSizes(host, extents, entry->getArgument(0));
  for (auto [i, expression] : llvm::enumerate(wanted)) {
    Value slot = LLVM::GEPOp::create(builder, host.loc, host.pointer, host.i64,
                                     entry->getArgument(1),
                                     ArrayRef<LLVM::GEPArg>{int32_t(i)});
    LLVM::StoreOp::create(builder, host.loc,
                          expandAffine(builder, host.loc, expression, sizes),
                          slot);
  }
  LLVM::ReturnOp::create(builder, host.loc, ValueRange());
  return "vox_infer";
}

std::function<Value()> vox::buildOpenProgram(HostConstants &host,
                                             func::FuncOp network,
                                             const OpenExtents &extents,
                                             ArrayRef<LaunchWork> works) {
  Type type = openProgramType(host);
  if (!extents.getSizes())
    return [&host, type] {
      return LLVM::ZeroOp::create(host.builder, host.loc, type);
    };
  SmallVector<int32_t> open; // of vox_open_extent
  for (BlockArgument input : network.getArguments())
    for (auto [dim, extent] : llvm::enumerate(extents.get(input)))
      if (auto size = dyn_cast<AffineSymbolExpr>(extent))
        open.append({int32_t(input.getArgNumber()), int32_t(dim),
                     int32_t(size.getPosition())});

  SmallVector<OpenExtents::Equality> pairs = collectPairs(extents);
  llvm::DenseMap<Operation *, StringRef> layers;
  for (const LaunchWork &work : works)
    layers[LaunchOp(work.launch)] = work.layers;
  SmallVector<std::string> names;
  for (const OpenExtents::Equality &pair : pairs)
    names.push_back(host.text(layers.lookup(pair.op)));

  SmallVector<AffineExpr> wanted;
  for (Value output : network.getBody().front().getTerminator()->getOperands())
    llvm::append_range(wanted, extents.get(output));
  for (const OpenExtents::Equality &pair : pairs)
    wanted.append({pair.lhs, pair.rhs});
  std::string infer = buildInfer(host, extents, wanted);

  std::string openTable = host.array(ArrayRef<int32_t>(open));
  std::string nameTable =
      host.table("pair_layers", host.pointer, names.size(),
                 [&](size_t i) { return host.address(names[i]); });
  int64_t numSizes = extents.getSizes().getLeast().size();
  int64_t numPairs = pairs.size(), numExtents = open.size() / 3;
  return [=, &host] {
    return host.record(type, {host.integer(host.i32, numSizes),
                              host.integer(host.i32, numExtents),
                              host.address(openTable),
                              host.integer(host.i32, numPairs),
                              host.address(nameTable), host.address(infer)});
  };
}
