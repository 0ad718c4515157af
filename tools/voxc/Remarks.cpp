//===- Remarks.cpp - What passes did and did not do, in lines -------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"
#include "vox/Pipelines/Diagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Remark/RemarkStreamer.h"
#include "llvm/Support/Regex.h"

#include <mutex>

using namespace mlir;

namespace {

/// Prints remarks as they come, one line each.
class RemarkPrinter : public remark::detail::MLIRRemarkStreamerBase {
public:
  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    std::lock_guard<std::mutex> guard(mutex);
    vox::printLocation(llvm::errs(), remark.getLocation());
    llvm::errs() << "remark: ";
    if (auto layer = remark.getLocation()->findInstanceOf<NameLoc>())
      llvm::errs() << layer.getName().getValue() << ": ";
    if (remark.getRemarkTypeString() == "Missed")
      llvm::errs() << "not done: ";
    llvm::interleaveComma(remark.getArgs(), llvm::errs(),
                          [](const auto &arg) { llvm::errs() << arg.val; });
    llvm::errs() << " [" << remark.getCategoryName() << "]\n";
  }

private:
  std::mutex mutex;
};

} // namespace

llvm::Error enableRemarks(MLIRContext &context, std::string pattern) {
  if (pattern.empty())
    pattern = "vox.*";
  std::string message;
  if (!llvm::Regex(pattern).isValid(message))
    return llvm::createStringError("--remarks=%s: %s", pattern.c_str(),
                                   message.c_str());
  remark::RemarkCategories categories;
  categories.all = pattern;
  categories.passed = categories.missed = categories.analysis =
      categories.failed = pattern;
  if (failed(remark::enableOptimizationRemarks(
          context, std::make_unique<RemarkPrinter>(),
          std::make_unique<remark::RemarkEmittingPolicyAll>(), categories)))
    return llvm::createStringError("remarks can't be enabled");
  return llvm::Error::success();
}
