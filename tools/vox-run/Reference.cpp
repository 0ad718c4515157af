//===- Reference.cpp - What a session compares results with ---------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The evaluator wants fixed shapes: a network whose extents are open is
// imported again at those of the run.
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "VerifyOps.h"

#include "vox/Dialect/Vox/IR/Shapes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace vox;
using namespace vox::run;

bool Session::isGreatest() const {
  return all_of(zip_equal(signature.inputs, inputs), [](auto pair) {
    auto &[info, tensor] = pair;
    return !info.isOpen() || info.greatest == tensor.shape;
  });
}

ExitCode Session::checkOpen() const {
  if (!signature.isOpen())
    return Done;
  if (!settings.monitorFolder.empty())
    return refuse("--monitor counts at fixed shapes, and \"" + settings.model +
                  "\" has open ones; expected --shapes in place of "
                  "--minShapes and --maxShapes");
  if (settings.verifyAllOps && !inputs.empty() && !isGreatest())
    return refuse("--verify-all-ops compares at the greatest shapes alone; "
                  "expected inputs of these shapes");
  return Done;
}

ExitCode Session::findReference(Source *&reference) {
  if (source && !source->getSignature().isOpen()) {
    reference = &*source;
    return Done;
  }
  bool isCompiled = StringRef(settings.model).ends_with(".so");
  const std::string &path = isCompiled ? settings.source : settings.model;
  if (isMLIR(path)) {
    if (!isGreatest())
      return refuse("the reference evaluates MLIR at its greatest shapes "
                    "alone; expected inputs of these shapes, or an ONNX "
                    "model");
    if (!source)
      if (ExitCode code = openSource(path))
        return code;
    reference = &*source;
    return Done;
  }
  ImportOptions options = settings.import;
  options.minShapes.clear();
  options.maxShapes.clear();
  for (auto [info, tensor] : zip_equal(signature.inputs, inputs))
    if (info.isOpen())
      options.shapes[info.name] = tensor.shape;
  fixedSource = Source::read(path, context, options);
  if (!fixedSource)
    return BadInput;
  reference = &*fixedSource;
  Signature fixed = withoutMonitors(fixedSource->getSignature());
  bool isSame = fixed.inputs.size() == inputs.size() &&
                fixed.outputs.size() == signature.outputs.size();
  for (auto [info, known, tensor] : zip(fixed.inputs, signature.inputs, inputs))
    isSame &= info == known.at(tensor.shape);
  for (auto [info, known] : zip(fixed.outputs, signature.outputs))
    isSame &= info == known.at(info.shape);
  return isSame ? Done : refuseDifference(settings.model, path);
}

/// Puts what the outputs are compared with into `reference`, and, if they are
/// to be evaluated, the outputs.
ExitCode Session::computeReference() {
  if (settings.evaluate || settings.verifyByReference) {
    Source *network;
    if (ExitCode code = findReference(network))
      return code;
    FailureOr<std::vector<Tensor>> values = network->evaluate(inputs);
    if (failed(values))
      return BadInput;
    (settings.evaluate ? outputs : reference) =
        withoutMonitors(network->getSignature(), std::move(*values));
  }
  if (settings.verifyByFiles.empty())
    return Done;
  if (settings.verifyByFiles.size() != signature.outputs.size())
    return refuse("--verify names " + Twine(settings.verifyByFiles.size()) +
                  " files; expected " + Twine(signature.outputs.size()) +
                  ", one for each output");
  for (auto [path, info] :
       zip_equal(settings.verifyByFiles, signature.outputs)) {
    Expected<Tensor> tensor = readTensor(path, info, /*wide=*/true);
    if (!tensor)
      return report(tensor.takeError());
    reference.push_back(std::move(*tensor));
  }
  return Done;
}

ExitCode Session::verify() {
  if (reference.empty())
    return Done;
  bool good = true;
  for (auto [info, result, expected] :
       zip_equal(signature.outputs, outputs, reference)) {
    if (result.shape != expected.shape)
      return refuse("output \"" + info.name + "\" has shape " +
                    formatShape(result.shape) + "; the reference has " +
                    formatShape(expected.shape));
    good &= printComparison(outs(), info, result, expected, settings.tolerance);
  }
  return good ? Done : VerificationFailed;
}

ExitCode Session::verifyAllOps() {
  OpsVerifier verifier(source->getNetwork(), settings.tolerance);
  auto model = CompiledModel::load(libraryPath, settings.threads,
                                   OpsVerifier::observe, &verifier);
  if (!model)
    return report(model.takeError());
  std::string mismatch = verifier.findMismatch(**model);
  if (!mismatch.empty())
    return refuse("\"" + settings.model + "\" has " + mismatch +
                  "; expected the model that it was compiled from and the "
                  "options --target, -O and --disable-pass of that time");
  if (Error error = (*model)->bind(inputs))
    return reportRun(std::move(error), **model);
  auto outcome = verifier.run(outs(), **model, inputs);
  if (!outcome)
    return reportRun(outcome.takeError(), **model);
  switch (*outcome) {
  case OpsVerifier::Good:
    return Done;
  case OpsVerifier::Differs:
    return VerificationFailed;
  case OpsVerifier::ReferenceFailed:
    return BadInput;
  }
  llvm_unreachable("unknown outcome");
}
