//===- add-activation.cpp - What the guide's activation must do -----------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox-activations/Multi.h"

#include "vox/Dialect/Vox/IR/Vox.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLExtras.h"

using namespace vox;

static int failures = 0;

static void expect(bool holds, const char *what) {
  if (holds)
    return;
  llvm::errs() << "add-activation.cpp: does not hold: " << what << '\n';
  ++failures;
}
#define EXPECT(condition) expect(condition, #condition)

static std::string getError(llvm::StringRef text, mlir::MLIRContext *context) {
  llvm::Expected<ActivationAttr> function = parseActivation(text, context);
  return function ? "" : llvm::toString(function.takeError());
}

int main() {
  mlir::DialectRegistry registry;
  registry.insert<VoxDialect, mlir::func::FuncDialect>();
  mlir::MLIRContext context(registry);
  context.loadAllAvailableDialects();

  // The row of the table.
  const ActivationKind *kind = lookupActivation("shrink");
  EXPECT(kind && llvm::is_contained(activationKinds(), kind));
  if (!kind)
    return 1;
  EXPECT(kind->onnxOp == "Shrink" && kind->cost == 5 && !kind->learned);
  EXPECT(kind->parameters.size() == 2);
  EXPECT(kind->parameters[0].defaultValue == 0.5);

  // Text, in options and in the IR.
  ActivationAttr standard = kind->get(&context, {0.5, 0});
  EXPECT(formatActivation(standard) == "shrink");
  llvm::Expected<ActivationAttr> other =
      parseActivation("shrink(bias: 1)", &context);
  EXPECT(bool(other));
  if (!other)
    return 1;
  EXPECT(formatActivation(*other) == "shrink(0.5, 1)");
  EXPECT(mlir::parseAttribute("#vox.shrink<bias = 1.0>", &context) == *other);
  EXPECT(getError("shrink(-1)", &context) ==
         "lambd is -1; expected a number that is not negative");

  // Values: float64, and 200 bits from the same text.
  EXPECT(standard.evaluate(0.5, 0) == 0 && standard.evaluate(-0.25, 0) == 0);
  EXPECT(standard.evaluate(2, 0) == 2 && other->evaluate(2, 0) == 1);
  EXPECT(other->evaluate(-kInfinity, 0) == -kInfinity);
  EXPECT(standard.evaluate(std::nan(""), 0) == 0);
  auto shrink = llvm::cast<ShrinkAttr>(*other);
  EXPECT(shrink.apply(Multi(-3), Multi(0)).toDouble() == -2);

  EXPECT(standard.lowerBound() == -kInfinity);
  EXPECT(standard.upperBound() == kInfinity);
  if (failures == 0)
    llvm::outs() << "shrink is an activation\n";
  return failures != 0;
}
