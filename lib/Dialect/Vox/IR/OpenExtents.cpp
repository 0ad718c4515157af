//===- OpenExtents.cpp - Extents as expressions of open sizes -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/OpenExtents.h"

#include "OpenRules.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

using namespace mlir;
using namespace vox;

std::string vox::formatExtent(AffineExpr extent) {
  std::string text;
  llvm::raw_string_ostream(text) << extent;
  return text;
}

/// Whether all divisors are positive numbers.
static bool divides(AffineExpr extent) {
  bool result = true;
  extent.walk([&](AffineExpr part) {
    auto binary = dyn_cast<AffineBinaryOpExpr>(part);
    if (!binary || binary.getKind() == AffineExprKind::Add ||
        binary.getKind() == AffineExprKind::Mul)
      return;
    auto divisor = dyn_cast<AffineConstantExpr>(binary.getRHS());
    result &= divisor && divisor.getValue() > 0;
  });
  return result;
}

LogicalResult
OpenSizesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                      ArrayRef<int64_t> least, ArrayRef<int64_t> greatest,
                      ArrayRef<AffineMap> inputs) {
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
  if (least.empty() || least.size() != greatest.size())
    return emitError() << least.size() << " least sizes and " << greatest.size()
                       << " greatest; expected at least one, as many of both";
  for (auto [least, greatest] : llvm::zip(least, greatest))
    if (least < 1 || greatest < least || greatest > kMost)
      return emitError() << "a size from " << least << " to " << greatest
                         << "; expected 1 or more, and less than 2^31";
  for (AffineMap map : inputs) {
    if (map.getNumDims() != 0 || map.getNumSymbols() != least.size())
      return emitError() << "a map of " << map.getNumDims()
                         << " dimensions and " << map.getNumSymbols()
                         << " symbols; expected " << least.size()
                         << " symbols alone, the sizes";
    for (AffineExpr extent : map.getResults())
      if (!divides(extent))
        return emitError() << "an extent of " << formatExtent(extent)
                           << "; expected divisions by positive numbers";
  }
  return success();
}

int64_t vox::evaluate(AffineExpr expression, ArrayRef<int64_t> sizes) {
  SmallVector<AffineExpr> values;
  for (int64_t size : sizes)
    values.push_back(getAffineConstantExpr(size, expression.getContext()));
  auto value = dyn_cast<AffineConstantExpr>(expression.replaceSymbols(values));
  return value ? value.getValue() : -1;
}

LogicalResult vox::verifyOpen(Operation *op, TypeRange arguments,
                              OpenSizesAttr open) {
  if (open.getInputs().size() != arguments.size())
    return op->emitOpError() << "has " << open.getInputs().size()
                             << " maps of open extents; expected "
                             << arguments.size() << ", one for each argument";
  for (auto [map, type] : llvm::zip(open.getInputs(), arguments))
    if (int64_t(map.getNumResults()) != cast<RankedTensorType>(type).getRank())
      return op->emitOpError()
             << "has " << map.getNumResults() << " open extents for " << type;
  return success();
}

FailureOr<OpenExtents> OpenExtents::ofNetwork(FunctionOpInterface network) {
  OpenExtents result;
  result.isNetwork = true;
  result.open = network->getAttrOfType<OpenSizesAttr>(kOpen);
  Block &block = network.getFunctionBody().front();
  if (result.open &&
      failed(verifyOpen(network, block.getArgumentTypes(), result.open)))
    return failure();
  SmallVector<Extents> arguments;
  if (result.open)
    for (AffineMap map : result.open.getInputs())
      arguments.push_back(Extents(map.getResults()));
  if (failed(result.follow(block, arguments)))
    return failure();
  return result;
}

FailureOr<OpenExtents> OpenExtents::ofBody(Block &body, OpenSizesAttr open) {
  OpenExtents result;
  result.open = open;
  SmallVector<Extents> arguments;
  if (open)
    for (AffineMap map : open.getInputs())
      arguments.push_back(Extents(map.getResults()));
  if (failed(result.follow(body, arguments)))
    return failure();
  return result;
}

Extents OpenExtents::getConstant(Value value) const {
  Extents result;
  for (int64_t extent : cast<RankedTensorType>(value.getType()).getShape())
    result.push_back(getAffineConstantExpr(extent, value.getContext()));
  return result;
}

Extents OpenExtents::get(Value value) const {
  auto known = extents.find(value);
  return known == extents.end() ? getConstant(value) : known->second;
}

RankedTensorType OpenExtents::getLeastType(Value value) const {
  auto type = cast<RankedTensorType>(value.getType());
  auto known = extents.find(value);
  if (known == extents.end())
    return type;
  Shape shape;
  for (AffineExpr extent : known->second)
    shape.push_back(evaluate(extent, open.getLeast()));
  return RankedTensorType::get(shape, type.getElementType(),
                               type.getEncoding());
}

/// Notes the extents of a value, which the type has to agree with.
LogicalResult OpenExtents::set(Value value, Extents result) {
  auto type = cast<RankedTensorType>(value.getType());
  auto error = [&] {
    Operation *op = value.getDefiningOp();
    return op ? op->emitOpError() : emitError(value.getLoc());
  };
  bool isFixed = true;
  for (auto [dim, extent] : llvm::enumerate(result)) {
    int64_t least = evaluate(extent, open.getLeast());
    int64_t greatest = evaluate(extent, open.getGreatest());
    extent = least == greatest
                 ? getAffineConstantExpr(least, value.getContext())
                 : simplifyAffineExpr(extent, 0, open.getLeast().size());
    isFixed &= isa<AffineConstantExpr>(extent);
    if (greatest != type.getDimSize(dim) || least < 1)
      return error() << "extent " << dim << " of a result goes from " << least
                     << " to " << greatest << " (" << formatExtent(extent)
                     << "); expected 1 or more to " << type.getDimSize(dim);
    // Kernels choose vectors of channels when they are compiled.
    if (dim == 1 && getBlock(type) > 1 && !isa<AffineConstantExpr>(extent))
      return error()
             << "channels in blocks have an open extent; expected a fixed one";
  }
  if (!isFixed)
    extents[value] = std::move(result);
  return success();
}

LogicalResult OpenExtents::follow(Block &block, ArrayRef<Extents> arguments) {
  if (!open)
    return success();
  for (auto [argument, known] :
       llvm::zip_equal(block.getArguments(), arguments))
    if (failed(set(argument, known)))
      return failure();
  for (Operation &op : block.without_terminator())
    if (failed(follow(op)))
      return failure();
  return success();
}

/// A group's or kernel's body, with the extents of the op's operands.
LogicalResult OpenExtents::enter(Operation &op, Block &body) {
  SmallVector<Extents> arguments;
  for (Value operand : op.getOperands())
    arguments.push_back(get(operand));
  // Another launch of the same kernel may have other extents.
  for (Value argument : body.getArguments())
    extents.erase(argument);
  for (Operation &inner : body.without_terminator())
    for (Value value : inner.getResults())
      extents.erase(value);
  size_t before = equalities.size();
  if (failed(follow(body, arguments)))
    return failure();
  // Layers are named where a kernel is launched.
  if (isa<LaunchOp>(op))
    for (Equality &equality : MutableArrayRef(equalities).drop_front(before))
      equality.op = &op;
  return set(op.getResult(0), get(body.getTerminator()->getOperand(0)));
}

LogicalResult OpenExtents::follow(Operation &op) {
  if (llvm::none_of(op.getOperands(),
                    [&](Value value) { return isOpen(value); }))
    return success();
  if (auto group = dyn_cast<GroupOp>(op))
    return enter(op, group.getBody().front());
  if (auto launch = dyn_cast<LaunchOp>(op)) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(
        launch, launch.getKernelAttr());
    return enter(op, kernel.getBody().front());
  }
  if (auto join = dyn_cast<JoinOp>(op))
    return op.emitOpError("is not supported on open extents; expected "
                          "vox.concat");
  SmallVector<Extents> operands;
  for (Value operand : op.getOperands())
    operands.push_back(get(operand));
  auto require = [&](AffineExpr lhs, AffineExpr rhs) {
    if (isNetwork)
      equalities.push_back({lhs, rhs, &op});
  };
  FailureOr<Extents> result = inferOpenExtents(&op, operands, open, require);
  if (failed(result))
    return failure();
  return set(op.getResult(0), *result);
}
