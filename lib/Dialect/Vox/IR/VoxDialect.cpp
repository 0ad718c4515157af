//===- VoxDialect.cpp - Registration of the vox dialect -------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelSyntax.h"
#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;

namespace vox {
/// Reads a real parameter of an attribute; exact, because the printer writes
/// either a decimal that reads back or the bits in hexadecimal.
static FailureOr<llvm::APFloat> parseF64(AsmParser &parser) {
  llvm::APFloat value(0.0);
  if (parser.parseFloat(llvm::APFloat::IEEEdouble(), value))
    return failure();
  return value;
}

/// Lists of real numbers, exact too: what MLIR prints of them in a custom
/// syntax has six digits.
static ParseResult parseReals(AsmParser &parser, DenseF64ArrayAttr &reals) {
  SmallVector<double> values;
  auto parseOne = [&]() -> ParseResult {
    FailureOr<llvm::APFloat> value = parseF64(parser);
    if (failed(value))
      return failure();
    values.push_back(value->convertToDouble());
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  reals = parser.getBuilder().getDenseF64ArrayAttr(values);
  return success();
}
static void printReals(AsmPrinter &printer, Operation *,
                       DenseF64ArrayAttr reals) {
  printer << '[';
  llvm::interleaveComma(reals.asArrayRef(), printer, [&](double value) {
    printer.printFloat(llvm::APFloat(value));
  });
  printer << ']';
}
} // namespace vox

#include "vox/Dialect/Vox/IR/VoxDialect.cpp.inc"
#include "vox/Dialect/Vox/IR/VoxEnums.cpp.inc"

#include "vox/Dialect/Vox/IR/ActivationInterface.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "vox/Dialect/Vox/IR/VoxAttrs.cpp.inc"

#define GET_OP_CLASSES
#include "vox/Dialect/Vox/IR/VoxOps.cpp.inc"

void VoxDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "vox/Dialect/Vox/IR/VoxAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "vox/Dialect/Vox/IR/VoxOps.cpp.inc"
      >();
}

Operation *VoxDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  if (auto elements = dyn_cast<ElementsAttr>(value))
    return ConstantOp::create(builder, loc, type, elements);
  return nullptr;
}

/// What `attribute` says, or `kind` with a number.
static std::string getTensorName(Attribute attribute, const char *kind,
                                 unsigned index) {
  auto name = dyn_cast_or_null<StringAttr>(attribute);
  if (name && !name.empty())
    return name.str();
  return kind + std::to_string(index);
}

std::string vox::getInputName(FunctionOpInterface network, unsigned index) {
  return getTensorName(network.getArgAttr(index, kTensorName), "input", index);
}

std::string vox::getOutputName(FunctionOpInterface network, unsigned index) {
  return getTensorName(network.getResultAttr(index, kTensorName), "output",
                       index);
}

bool vox::isElementWise(Operation *op) {
  return isa<ActivationOp, AddOp, SubOp, MulOp, DivOp, ModOp, RemOp, MaxOp,
             MinOp, PowOp, UnaryOp, CompareOp, SelectOp, BatchNormOp, CastOp>(
      op);
}

bool vox::hasWeights(Operation *op) {
  return isa_and_nonnull<ConvOp, ConvTransposeOp, DenseOp>(op);
}

bool vox::reachesOutput(Operation *op,
                        llvm::function_ref<bool(Operation *)> stops) {
  llvm::SetVector<Operation *> ops;
  ops.insert(op);
  for (size_t i = 0; i < ops.size(); ++i)
    for (Operation *user : ops[i]->getUsers()) {
      if (user->hasTrait<OpTrait::IsTerminator>())
        return true;
      if (!stops(user))
        ops.insert(user);
    }
  return false;
}

bool vox::isAnchor(Operation *op) {
  return isa_and_nonnull<GroupOp, KernelOp>(op->getParentOp()) &&
         op == &op->getBlock()->front();
}
