//===- Kernel.cpp - Groups, kernels, launches and layout changes ----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelSyntax.h"
#include "VerifyKernel.h"
#include "VerifyShape.h"
#include "vox/Dialect/Vox/IR/Layout.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;

//===----------------------------------------------------------------------===//
// group: (%a = %x : type, ...) -> type { ... }
//===----------------------------------------------------------------------===//

ParseResult
vox::parseGroupBody(OpAsmParser &parser,
                    SmallVectorImpl<OpAsmParser::UnresolvedOperand> &inputs,
                    SmallVectorImpl<Type> &inputTypes, Type &resultType,
                    Region &body) {
  SmallVector<OpAsmParser::Argument> arguments;
  auto parseOne = [&]() -> ParseResult {
    OpAsmParser::Argument &argument = arguments.emplace_back();
    if (parser.parseArgument(argument) || parser.parseEqual() ||
        parser.parseOperand(inputs.emplace_back()) ||
        parser.parseColonType(argument.type))
      return failure();
    inputTypes.push_back(argument.type);
    return success();
  };
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, parseOne) ||
      parser.parseArrow() || parser.parseType(resultType))
    return failure();
  return parser.parseRegion(body, arguments);
}

void vox::printGroupBody(OpAsmPrinter &printer, GroupOp op, OperandRange inputs,
                         TypeRange, Type resultType, Region &body) {
  printer << '(';
  llvm::interleaveComma(
      llvm::zip(body.getArguments(), inputs), printer, [&](auto pair) {
        auto [argument, input] = pair;
        printer << argument << " = " << input << " : " << input.getType();
      });
  printer << ") -> " << resultType << ' ';
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

//===----------------------------------------------------------------------===//
// kernel: @name(%a: type, ...) -> type { ... }
//===----------------------------------------------------------------------===//

ParseResult vox::parseKernelBody(OpAsmParser &parser, Region &body) {
  SmallVector<OpAsmParser::Argument> arguments;
  Type result;
  if (parser.parseArgumentList(arguments, OpAsmParser::Delimiter::Paren,
                               /*allowType=*/true) ||
      parser.parseArrow() || parser.parseType(result))
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseRegion(body, arguments))
    return failure();
  auto yield = body.empty() || body.front().empty()
                   ? YieldOp()
                   : dyn_cast<YieldOp>(body.front().back());
  if (yield && yield.getValue().getType() != result)
    return parser.emitError(loc, "the body yields ")
           << yield.getValue().getType() << "; expected " << result;
  return success();
}

void vox::printKernelBody(OpAsmPrinter &printer, KernelOp op, Region &body) {
  printer << '(';
  llvm::interleaveComma(
      body.getArguments(), printer,
      [&](BlockArgument argument) { printer.printRegionArgument(argument); });
  printer << ") -> " << op.getYield().getValue().getType() << ' ';
  printer.printRegion(body, /*printEntryBlockArgs=*/false);
}

/// What groups and kernels share: graph ops in a straight line, then a yield.
static LogicalResult verifyBody(Operation *op, Region &body) {
  Block &block = body.front();
  auto yield = block.empty() ? YieldOp() : dyn_cast<YieldOp>(block.back());
  if (!yield)
    return op->emitOpError("body does not end in vox.yield");
  if (&block.front() == yield.getOperation())
    return op->emitOpError("body is empty; expected an anchor op");
  for (Operation &inner : block.without_terminator()) {
    // Constants are data, which kernels take as arguments.
    if (!isa_and_nonnull<VoxDialect>(inner.getDialect()) ||
        isa<GroupOp, KernelOp, LaunchOp, JoinOp, ConstantOp>(inner))
      return inner.emitOpError() << "can't stand inside " << op->getName();
  }
  return success();
}

YieldOp GroupOp::getYield() {
  return cast<YieldOp>(getBody().front().getTerminator());
}

void GroupOp::build(OpBuilder &builder, OperationState &state, Type result,
                    ValueRange inputs) {
  build(builder, state, result, inputs, OpenSizesAttr(), AffineMapAttr(),
        ScheduleAttr());
}

/// Whether `sizes`, at `op`, computes the sizes of `open`; both may be null.
static LogicalResult verifySizes(Operation *op, OpenSizesAttr open,
                                 AffineMapAttr sizes) {
  size_t expected = open ? open.getLeast().size() : 0;
  size_t given = sizes ? sizes.getValue().getNumResults() : 0;
  if (given != expected)
    return op->emitOpError()
           << "computes " << given << " sizes; expected " << expected;
  if (sizes && sizes.getValue().getNumDims() != 0)
    return op->emitOpError("computes sizes from dimensions; expected symbols "
                           "alone");
  return success();
}

LogicalResult GroupOp::verifyRegions() {
  if (failed(verifyBody(*this, getBody())))
    return failure();
  if (getBody().getArgumentTypes() != getInputs().getTypes())
    return emitOpError("arguments of the body differ from the inputs in type");
  if (getYield().getValue().getType() != getType())
    return emitOpError() << "yields " << getYield().getValue().getType()
                         << "; expected " << getType();
  if (failed(verifySizes(*this, getOpenAttr(), getSizesAttr())) ||
      (getOpenAttr() &&
       failed(verifyOpen(*this, getInputs().getTypes(), getOpenAttr()))))
    return failure();
  if (!getScheduleAttr())
    return success();
  return verifyScheduled(*this, getBody().front(), getScheduleAttr(),
                         getOpenAttr());
}

YieldOp KernelOp::getYield() {
  return cast<YieldOp>(getBody().front().getTerminator());
}

LogicalResult KernelOp::verify() {
  // The name becomes part of a C function's.
  if (!llvm::all_of(getSymName(),
                    [](char c) { return llvm::isAlnum(c) || c == '_'; }))
    return emitOpError() << "name " << getSymNameAttr()
                         << " is no identifier; expected letters, digits "
                            "and underscores";
  return success();
}

LogicalResult KernelOp::verifyRegions() {
  if (failed(verifyBody(*this, getBody())))
    return failure();
  if (getOpenAttr() &&
      failed(verifyOpen(*this, getBody().getArgumentTypes(), getOpenAttr())))
    return failure();
  return verifyScheduled(*this, getBody().front(), getSchedule(),
                         getOpenAttr());
}

//===----------------------------------------------------------------------===//
// launch
//===----------------------------------------------------------------------===//

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto kernel =
      symbolTable.lookupNearestSymbolFrom<KernelOp>(*this, getKernelAttr());
  if (!kernel)
    return emitOpError() << "kernel " << getKernelAttr() << " does not exist";
  if (kernel.getBody().getArgumentTypes() != getInputs().getTypes())
    return emitOpError() << "inputs differ from the arguments of kernel "
                         << getKernelAttr();
  Type result = kernel.getYield().getValue().getType();
  if (result != getType())
    return emitOpError() << "result is " << getType() << "; kernel "
                         << getKernelAttr() << " gives " << result;
  return verifySizes(*this, kernel.getOpenAttr(), getSizesAttr());
}

//===----------------------------------------------------------------------===//
// join
//===----------------------------------------------------------------------===//

LogicalResult JoinOp::verify() {
  if (isa_and_nonnull<WeightLayoutAttr>(getType().getEncoding()))
    return emitOpError() << "can't write the encoding "
                         << getType().getEncoding();
  SmallVector<ShapeRef> shapes;
  int64_t block = getBlock(getType());
  for (Value input : getInputs()) {
    RankedTensorType type = typeOf(input);
    shapes.push_back(type.getShape());
    if (type.getElementType() != getType().getElementType() ||
        type.getEncoding() != getType().getEncoding())
      return emitOpError() << "joins " << type << " into " << getType()
                           << "; expected one element type and layout";
    if (block > 1 && getAxis() == 1 && type.getDimSize(1) % block != 0)
      return emitOpError("an input's channels are no whole blocks");
  }
  if (failed(verifyResultShape(*this, inferConcatShape(shapes, getAxis()))))
    return failure();
  for (int64_t extent : getType().getShape().take_front(getAxis()))
    if (extent != 1)
      return emitOpError() << "inputs don't lie one after the other; expected "
                              "extent 1 in every dimension before axis "
                           << getAxis();
  return success();
}

//===----------------------------------------------------------------------===//
// pack, unpack, pack_weights
//===----------------------------------------------------------------------===//

static LogicalResult verifySameShape(Operation *op) {
  if (failed(verifyElementType(op)))
    return failure();
  return verifyResultShape(op, Shape(typeOf(op->getOperand(0)).getShape()));
}

LogicalResult PackOp::verify() {
  if (!isa_and_nonnull<LayoutAttr>(getType().getEncoding()))
    return emitOpError("result has no #vox.layout");
  return verifySameShape(*this);
}

LogicalResult UnpackOp::verify() {
  if (getType().getEncoding())
    return emitOpError("result has an encoding; expected a planar tensor");
  return verifySameShape(*this);
}

LogicalResult PackWeightsOp::verify() {
  if (!isa_and_nonnull<WeightLayoutAttr>(getType().getEncoding()))
    return emitOpError("result has no #vox.weight_layout");
  return verifySameShape(*this);
}
