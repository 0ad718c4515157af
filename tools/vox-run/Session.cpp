//===- Session.cpp - One use of vox-run -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "vox/Dialect/Vox/IR/Shapes.h"
#include "vox/Execution/Measure.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace vox;
using namespace vox::run;

ExitCode run::refuse(const Twine &message) {
  WithColor::error(errs(), "vox-run") << message << '\n';
  return BadInput;
}

ExitCode run::report(Error error) {
  errs() << toString(std::move(error)) << '\n';
  return BadInput;
}

Session::Session(Settings settings, mlir::MLIRContext &context)
    : settings(std::move(settings)), context(context),
      profile(/*keepEvents=*/!this->settings.trace.empty()) {}

Signature run::withoutMonitors(Signature signature) {
  erase_if(signature.outputs, isMonitor);
  return signature;
}

std::vector<Tensor> run::withoutMonitors(const Signature &signature,
                                         std::vector<Tensor> outputs) {
  std::vector<Tensor> kept;
  for (auto [info, tensor] : zip_equal(signature.outputs, outputs))
    if (!isMonitor(info))
      kept.push_back(std::move(tensor));
  return kept;
}

ExitCode run::refuseDifference(StringRef model, StringRef source) {
  return refuse("\"" + model + "\" and \"" + source +
                "\" differ in inputs or outputs");
}

bool run::isMLIR(StringRef path) {
  return path.ends_with(".mlir") || path.ends_with(".mlirbc");
}

ExitCode Session::openModel() {
  bool isCompiled = StringRef(settings.model).ends_with(".so");
  const std::string &path = isCompiled ? settings.source : settings.model;
  bool needsSource = !isCompiled || settings.verifyByReference ||
                     settings.verifyAllOps || settings.evaluate;
  if (needsSource && path.empty())
    return refuse("the reference needs the model that \"" + settings.model +
                  "\" was compiled from; name it by --source");
  if (!isCompiled && !settings.source.empty())
    return refuse("--source is for a compiled MODEL");
  if (!isCompiled || settings.evaluate)
    return openSource(path);
  if (ExitCode code = load(settings.model))
    return code;
  Signature expected = withoutMonitors(compiled->getSignature());
  // What is evaluated has fixed extents, which the inputs will tell.
  if (needsSource && (settings.verifyAllOps || !expected.isOpen())) {
    if (ExitCode code = openSource(path))
      return code;
    if (!(signature == expected))
      return refuseDifference(settings.model, path);
  }
  signature = std::move(expected);
  return Done;
}

ExitCode Session::openSource(const std::string &path) {
  ImportOptions options = settings.import;
  // Shapes of a run are none of the importer's.
  for (const auto &entry : options.maxShapes)
    options.shapes.erase(entry.getKey());
  if (isMLIR(path))
    options.shapes.clear();
  source = Source::read(path, context, options);
  if (!source)
    return BadInput;
  signature = withoutMonitors(source->getSignature());
  if (isMLIR(path) && !settings.import.shapes.empty() && !signature.isOpen())
    return report(createStringError(
        path + ": error: --shapes is for models of open extents; this is MLIR "
               "without"));
  return Done;
}

ExitCode Session::load(const std::string &path) {
  libraryPath = path;
  auto model = CompiledModel::load(
      path, settings.threads,
      settings.wantsProfile() ? Profile::observe : nullptr, &profile);
  if (!model)
    return report(model.takeError());
  compiled = std::move(*model);
  return Done;
}

ExitCode Session::assignFiles(StringRef option, ArrayRef<std::string> arguments,
                              ArrayRef<TensorInfo> infos,
                              SmallVectorImpl<StringRef> &paths) {
  paths.assign(infos.size(), {});
  SmallVector<StringRef> unnamed;
  for (StringRef argument : arguments) {
    if (argument.size() > 1 && argument.starts_with("@")) {
      unnamed.push_back(argument.drop_front());
      continue;
    }
    StringRef name, path;
    std::tie(name, path) = argument.split("=@");
    if (path.empty())
      return refuse("--" + option + " is \"" + argument +
                    "\"; expected [NAME=]@FILE");
    const auto *info = find_if(
        infos, [&](const TensorInfo &info) { return info.name == name; });
    if (info == infos.end())
      return refuse("the model has no " + option + " \"" + name + "\"");
    StringRef &slot = paths[info - infos.begin()];
    if (!slot.empty())
      return refuse(option + " \"" + name + "\" is given twice");
    slot = path;
  }
  size_t next = 0;
  for (StringRef path : unnamed) {
    while (next < paths.size() && !paths[next].empty())
      ++next;
    if (next == paths.size())
      return refuse("more files for --" + option + " than the model's " +
                    Twine(infos.size()));
    paths[next] = path;
  }
  return Done;
}

ExitCode Session::readInputs() {
  SmallVector<StringRef> paths;
  if (ExitCode code =
          assignFiles("input", settings.inputs, signature.inputs, paths))
    return code;
  if (ExitCode code = assignFiles("output", settings.outputs, signature.outputs,
                                  outputPaths))
    return code;
  for (const auto &entry : settings.import.shapes)
    if (none_of(signature.inputs, [&](const TensorInfo &info) {
          return info.name == entry.getKey();
        }))
      return refuse("--shapes: the model has no input \"" + entry.getKey() +
                    "\"");
  geometries.resize(signature.inputs.size());
  for (auto [i, info] : enumerate(signature.inputs)) {
    auto fixed = settings.import.shapes.find(info.name);
    bool isFixed = fixed != settings.import.shapes.end();
    if (isFixed && info.isOpen())
      if (std::string reason = checkBounds(info, fixed->second);
          !reason.empty())
        return refuse("--shapes: input \"" + info.name + "\": " + reason);
    TensorInfo run = isFixed ? info.at(fixed->second) : info;
    if (paths[i].empty()) {
      if (run.isOpen())
        run = info.at(info.greatest);
      if (!numElements(run.shape))
        return refuse("input \"" + info.name + "\" has shape " +
                      formatShape(run.shape) + "; expected fewer elements");
      inputs.push_back(makeInput(run, settings.fill, settings.seed, i));
      continue;
    }
    Expected<Tensor> tensor =
        readTensor(paths[i], run, /*wide=*/false, &geometries[i]);
    if (!tensor)
      return report(tensor.takeError());
    inputs.push_back(std::move(*tensor));
  }
  return Done;
}

ExitCode Session::lowerSource() {
  bool internalFault;
  if (failed(
          source->lower(settings.compileFrom, settings.compile, internalFault)))
    return internalFault ? OurFault : BadInput;
  return Done;
}

ExitCode Session::compile() {
  if (ExitCode code = lowerSource())
    return code;
  if (std::error_code code = temporaryFolder.create("vox-run"))
    return refuse("no temporary folder: " + code.message());
  std::string library = temporaryFolder / "model.so";
  bool internalFault;
  if (failed(source->compile(library, settings.compile, internalFault)))
    return internalFault ? OurFault : BadInput;
  return load(library);
}

ExitCode Session::reportRun(Error error, const CompiledModel &model) {
  report(std::move(error));
  return model.isModelFault() ? OurFault : BadInput;
}

ExitCode Session::execute() {
  if (Error error = compiled->bind(inputs))
    return reportRun(std::move(error), *compiled);
  Expected<std::vector<Time>> times = measure(
      settings.measurement, [&] { return compiled->run(); },
      [&] { profile.clear(); });
  if (!times)
    return reportRun(times.takeError(), *compiled);
  outputs = withoutMonitors(compiled->getSignature(), compiled->getOutputs());
  outs() << "time:   ";
  printTimes(outs(), *times, settings.percentiles);
  outs() << '\n';
  if (!settings.exportTimes.empty())
    if (Error error = writeFile(settings.exportTimes, [&](raw_ostream &os) {
          writeTimes(os, *times);
        }))
      return report(std::move(error));
  return writeProfile();
}

ExitCode Session::writeProfile() {
  if (settings.dumpProfile) {
    profile.print(outs(), *compiled);
    if (!isGreatest())
      outs() << "rates:  of the work at the greatest shapes; this run has "
                "less\n";
  }
  if (!settings.exportProfile.empty())
    if (Error error = writeFile(settings.exportProfile, [&](raw_ostream &os) {
          profile.writeJSON(os, *compiled);
        }))
      return report(std::move(error));
  if (!settings.trace.empty())
    if (Error error = writeFile(settings.trace, [&](raw_ostream &os) {
          profile.writeTrace(os, *compiled);
        }))
      return report(std::move(error));
  return Done;
}

ExitCode Session::writeOutputs() {
  for (auto [info, path, tensor] :
       zip_equal(signature.outputs, outputPaths, outputs)) {
    outs() << "output: \"" << info.name << "\" ";
    printSummary(outs(), tensor, info.type);
    outs() << '\n';
    if (settings.print) {
      outs() << "values: \"" << info.name << '"';
      printElements(outs(), tensor);
      outs() << '\n';
    }
    if (path.empty())
      continue;
    if (Error error =
            writeTensor(path, info, tensor, settings.evaluate, geometries))
      return report(std::move(error));
  }
  if (!compiled)
    return Done;
  if (size_t monitors = count_if(compiled->getSignature().outputs, isMonitor))
    outs() << "monitor: " << monitors
           << " activations were counted; --monitor=DIR shows them\n";
  return Done;
}

ExitCode Session::run() {
  if (ExitCode code = openModel())
    return code;
  if (ExitCode code = checkOpen())
    return code;
  if (!settings.monitorFolder.empty())
    return monitor();
  if (ExitCode code = readInputs())
    return code;
  if (ExitCode code = checkOpen())
    return code;
  outs() << "model:  " << settings.model;
  if (settings.evaluate) {
    outs() << ", float64 reference\n";
  } else {
    if (!compiled)
      outs() << ", target " << settings.compile.target;
    outs() << ", threads "
           << (settings.threads > 0
                   ? unsigned(settings.threads)
                   : hardware_concurrency().compute_thread_count())
           << '\n';
  }
  for (auto [info, tensor] : zip_equal(signature.inputs, inputs)) {
    outs() << "input:  \"" << info.name << "\" ";
    printSummary(outs(), tensor, info.type);
    outs() << '\n';
  }
  // The reference and the compiler may take a while.
  outs().flush();
  if (ExitCode code = computeReference())
    return code;
  if (!settings.evaluate) {
    if (!compiled)
      if (ExitCode code = compile())
        return code;
    if (ExitCode code = execute())
      return code;
  }
  if (ExitCode code = writeOutputs())
    return code;
  ExitCode verdict = verify();
  if (!settings.verifyAllOps || (verdict && verdict != VerificationFailed))
    return verdict;
  // Of a model that came compiled, the source is as it was read.
  if (StringRef(settings.model).ends_with(".so"))
    if (ExitCode code = lowerSource())
      return code;
  ExitCode code = verifyAllOps();
  return code ? code : verdict;
}
