//===- HostConstants.h - Constants of host code ---------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_LIB_CODEGEN_HOST_HOSTCONSTANTS_H
#define VOX_LIB_CODEGEN_HOST_HOSTCONSTANTS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace vox {

/// A module of the LLVM dialect that is being filled, and the data in it: what
/// C has as static const.
class HostConstants {
public:
  using Type = mlir::Type;
  using Value = mlir::Value;

  explicit HostConstants(mlir::Location loc);

  Value integer(Type type, int64_t value);
  Value real(double value);
  Value address(llvm::StringRef symbol);
  Value null();
  Value record(Type type, llvm::ArrayRef<Value> fields);

  /// A private constant whose value `fill` computes, and its name.
  std::string global(llvm::StringRef stem, Type type,
                     llvm::function_ref<Value()> fill);
  /// A private array constant, or the equal one made before.
  template <typename T> std::string array(llvm::ArrayRef<T> values) {
    // A constant array has at least one element.
    llvm::SmallVector<T> filled(values);
    if (filled.empty())
      filled.push_back(0);
    auto type = mlir::RankedTensorType::get(
        {int64_t(filled.size())}, builder.getIntegerType(sizeof(T) * 8));
    return array(mlir::DenseElementsAttr::get(type, llvm::ArrayRef<T>(filled)));
  }
  /// A private array of `type`, an element for each of `count`.
  std::string table(llvm::StringRef stem, Type type, size_t count,
                    llvm::function_ref<Value(size_t)> fill);
  /// A private C string.
  std::string text(llvm::StringRef value);

  mlir::LLVM::LLVMStructType recordType(llvm::ArrayRef<Type> fields) {
    return mlir::LLVM::LLVMStructType::getLiteral(loc.getContext(), fields);
  }

  mlir::Location loc;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::OpBuilder builder;
  Type pointer, i8, i16, i32, i64, f64;

private:
  std::string array(mlir::DenseElementsAttr values);

  llvm::DenseMap<mlir::Attribute, std::string> arrays;
  unsigned textCount = 0;
};

} // namespace vox

#endif // VOX_LIB_CODEGEN_HOST_HOSTCONSTANTS_H
