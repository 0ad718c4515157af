//===- Advice.cpp - Which activations to think about ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdviceFacts.h"

#include "mlir/IR/Remarks.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;

StringRef vox::getName(Importance importance) {
  switch (importance) {
  case Importance::High:
    return "high";
  case Importance::Medium:
    return "medium";
  case Importance::Low:
    return "low";
  }
  llvm_unreachable("unknown importance");
}

std::string Advice::getFlag() const {
  llvm::SetVector<StringRef> policies;
  for (const Finding &finding : findings)
    if (!finding.policy.empty())
      policies.insert(finding.policy);
  if (policies.empty())
    return "";
  return "--replace-activations='" + llvm::join(policies, ",") + "'";
}

/// The layer that a finding is about; empty for the network.
static std::string getLayer(const Finding &finding) {
  if (auto layer = finding.op->getAttrOfType<StringAttr>("layer"))
    return layer.str();
  return isa<func::FuncOp>(finding.op)
             ? ""
             : finding.op->getName().getStringRef().str();
}

std::vector<Advice> vox::advise(func::FuncOp network,
                                const AdviceInputs &inputs) {
  AdviceFacts facts(network, inputs);
  std::vector<Advice> advice;
  for (const AdviceRule &rule : adviceRules()) {
    std::vector<Finding> findings;
    rule.detect(facts, findings);
    for (const Finding &finding : findings)
      remark::analysis(
          finding.op->getLoc(),
          remark::RemarkOpts::name(rule.name).category("vox-advise"))
          << remark::add("{0}", rule.name.str() + ": " + finding.figure + "; " +
                                    rule.advice.str());
    if (!findings.empty())
      advice.push_back({&rule, std::move(findings)});
  }
  llvm::stable_sort(advice, [](const Advice &a, const Advice &b) {
    return a.rule->importance < b.rule->importance;
  });
  return advice;
}

void vox::printAdvice(llvm::raw_ostream &os, ArrayRef<Advice> advice) {
  constexpr size_t most = 8; // layers per rule
  if (advice.empty())
    os << "nothing to advise\n";
  for (auto [i, item] : llvm::enumerate(advice)) {
    os << i + 1 << ". " << getName(item.rule->importance) << ": "
       << item.rule->name << "\n   " << item.rule->advice << "\n";
    for (const Finding &finding : ArrayRef(item.findings).take_front(most)) {
      std::string layer = getLayer(finding);
      os << "     ";
      llvm::printEscapedString(layer, os);
      os << (layer.empty() ? "" : ": ") << finding.figure << "\n";
    }
    if (item.findings.size() > most)
      os << "     and " << item.findings.size() - most << " more\n";
    os << "   why: " << item.rule->reason << "\n";
    if (std::string flag = item.getFlag(); !flag.empty())
      os << "   try: " << flag << "\n";
  }
}
