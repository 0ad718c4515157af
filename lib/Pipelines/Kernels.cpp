//===- Kernels.cpp - All kernels of a module, side by side ----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A queue of child processes: kernels that the cache knows are taken from it,
// the others run as many at once as there are processors. The first failure
// stops all.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "vox/Pipelines/Progress.h"
#include "vox/Pipelines/TemporaryFolder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/Threading.h"

#include <chrono>
#include <deque>
#include <thread>

using namespace mlir;
using namespace vox;

/// A kernel that takes longer has a schedule that nobody should wait for.
static constexpr unsigned kTimeLimitSeconds = 600;

namespace {

using Clock = std::chrono::steady_clock;

/// One kernel on its way through a child process.
struct Job {
  KernelOp kernel;
  size_t index;
  bool isKnown; // the cache has its object
  std::string key, input, object, scratch, log;
  std::map<Product::Kind, std::string> forms;
  llvm::sys::ProcessInfo process;
  Clock::time_point start;
};

class KernelQueue {
public:
  KernelQueue(ModuleOp module, const Machine &machine,
              const CompileOptions &options, ArrayRef<Product::Kind> forms,
              bool &internalFault)
      : module(module), machine(machine), options(options), forms(forms),
        internalFault(internalFault), cache(options.cacheFolder) {}

  FailureOr<std::vector<KernelResult>> run();

private:
  LogicalResult prepare();
  LogicalResult start(Job job);
  LogicalResult poll();
  LogicalResult finish(Job &job, const llvm::sys::ProcessInfo &result,
                       StringRef message);
  void stopAll();

  ModuleOp module;
  const Machine &machine;
  const CompileOptions &options;
  ArrayRef<Product::Kind> forms;
  bool &internalFault;
  KernelCache cache;
  std::string program, identity;
  TemporaryFolder folder;
  std::deque<Job> waiting;
  std::vector<Job> running;
  std::vector<KernelResult> results;
  size_t done = 0;
};

/// The kernel compiler's bytes name its version better than any number.
std::string hashFile(StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path, false, false);
  if (!file)
    return "";
  return llvm::toHex(
      llvm::SHA256::hash(llvm::arrayRefFromStringRef((*file)->getBuffer())));
}

LogicalResult KernelQueue::prepare() {
  static int anchor;
  SmallString<128> path(llvm::sys::fs::getMainExecutable(nullptr, &anchor));
  llvm::sys::path::remove_filename(path);
  llvm::sys::path::append(path, "vox-compile-kernel");
  program = path.str().str();
  identity = hashFile(program);
  if (identity.empty())
    return module.emitError()
           << "the kernel compiler " << program << " can't be read; expected "
           << "vox-compile-kernel beside this program";
  if (std::error_code code = folder.create("voxc-kernels"))
    return module.emitError() << "no temporary folder: " << code.message();
  return success();
}

FailureOr<std::vector<KernelResult>> KernelQueue::run() {
  if (failed(prepare()))
    return failure();
  for (auto kernel : module.getOps<KernelOp>()) {
    Job job;
    job.kernel = kernel;
    job.index = results.size();
    llvm::raw_string_ostream key(job.key);
    key << "compiler " << identity << "\ntarget " << machine.target << "\n"
        << kernel << "\n";
    results.emplace_back();
    auto known = cache.find(job.key);
    job.isKnown = known.has_value();
    if (known)
      static_cast<CompiledKernel &>(results.back()) = std::move(*known);
    if (!known || !forms.empty())
      waiting.push_back(std::move(job));
  }
  Progress progress("kernels", waiting.size());
  unsigned jobs = options.jobs
                      ? options.jobs
                      : llvm::hardware_concurrency().compute_thread_count();
  LogicalResult result = success();
  while (succeeded(result) && !(waiting.empty() && running.empty())) {
    while (!waiting.empty() && running.size() < jobs && succeeded(result)) {
      Job job = std::move(waiting.front());
      waiting.pop_front();
      result = start(std::move(job));
    }
    if (succeeded(result)) {
      result = poll();
      internalFault = failed(result);
    }
    if (options.progress)
      progress.show(done);
  }
  stopAll();
  if (failed(result))
    return failure();
  return std::move(results);
}

LogicalResult KernelQueue::start(Job job) {
  auto file = [&](StringRef suffix) {
    return folder / (Twine(job.index) + suffix);
  };
  job.input = file(".mlir");
  job.object = file(".o");
  job.scratch = file(".scratch");
  job.log = file(".log");
  {
    std::error_code code;
    llvm::raw_fd_ostream os(job.input, code);
    os << job.kernel;
    os.close();
    if (code || os.has_error()) {
      os.clear_error();
      return job.kernel.emitError("a temporary file can't be written");
    }
  }
  std::string target = "--target=" + machine.target;
  std::string scratch = "--scratch-file=" + job.scratch;
  SmallVector<std::string> formOptions;
  for (const ProductKind &kind : productKinds())
    if (llvm::is_contained(forms, kind.kind)) {
      job.forms[kind.kind] = file("." + kind.name.str());
      formOptions.push_back("--" + kind.name.str() + "=" +
                            job.forms[kind.kind]);
    }
  SmallVector<StringRef> arguments{program, job.input, target, scratch};
  if (!job.isKnown)
    arguments.append({"-o", job.object});
  arguments.append(formOptions.begin(), formOptions.end());
  StringRef none("");
  std::string message;
  bool failedToStart = false;
  job.start = Clock::now();
  job.process =
      llvm::sys::ExecuteNoWait(program, arguments, std::nullopt,
                               {none, StringRef(job.log), StringRef(job.log)},
                               /*MemoryLimit=*/0, &message, &failedToStart);
  if (failedToStart)
    return job.kernel.emitError()
           << "the kernel compiler does not start: " << message;
  running.push_back(std::move(job));
  return success();
}

/// Reads a file that is of no use any more then.
static bool takeFile(StringRef path, std::string &bytes) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return false;
  bytes = (*file)->getBuffer().str();
  llvm::sys::fs::remove(path);
  return true;
}

/// Waits until at least one child has ended, or a moment has passed.
LogicalResult KernelQueue::poll() {
  bool ended = false;
  for (size_t i = 0; i < running.size();) {
    std::string message;
    auto result = llvm::sys::Wait(running[i].process, /*SecondsToWait=*/0,
                                  &message, nullptr, /*Polling=*/true);
    auto age = Clock::now() - running[i].start;
    if (result.Pid == 0) {
      if (age > std::chrono::seconds(kTimeLimitSeconds))
        return running[i].kernel.emitError() << "compiling it took more than "
                                             << kTimeLimitSeconds << " seconds";
      ++i;
      continue;
    }
    Job job = std::move(running[i]);
    running.erase(running.begin() + i);
    ended = true;
    if (failed(finish(job, result, message)))
      return failure();
  }
  if (!ended)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return success();
}

LogicalResult KernelQueue::finish(Job &job,
                                  const llvm::sys::ProcessInfo &result,
                                  StringRef message) {
  KernelResult &kernel = results[job.index];
  auto scratch = llvm::MemoryBuffer::getFile(job.scratch);
  bool isComplete = result.ReturnCode == 0 && scratch;
  if (!job.isKnown)
    isComplete &= takeFile(job.object, kernel.object);
  for (const auto &[kind, path] : job.forms)
    isComplete &= takeFile(path, kernel.forms[kind]);
  if (!isComplete) {
    auto log = llvm::MemoryBuffer::getFile(job.log);
    InFlightDiagnostic diagnostic = job.kernel.emitError()
                                    << "the kernel compiler failed"
                                    << (message.empty() ? "" : ": ") << message;
    // What the child was given stays behind, to look into.
    SmallString<128> kept;
    int file;
    if (!llvm::sys::fs::createTemporaryFile("voxc-fault", "mlir", file, kept)) {
      llvm::sys::fs::copy_file(job.input, file);
      llvm::sys::Process::SafelyCloseFileDescriptor(file);
      diagnostic << "; its input is " << kept;
    }
    if (log && !(*log)->getBuffer().trim().empty())
      diagnostic.attachNote() << (*log)->getBuffer().trim();
    return diagnostic;
  }
  auto [shared, task] = (*scratch)->getBuffer().trim().split(' ');
  if (shared.getAsInteger(10, kernel.scratch.shared) ||
      task.getAsInteger(10, kernel.scratch.task))
    return job.kernel.emitError("the kernel compiler's answer is unreadable");
  if (!job.isKnown)
    cache.store(job.key, kernel);
  for (StringRef path : {job.input, job.scratch, job.log})
    llvm::sys::fs::remove(path);
  ++done;
  return success();
}

void KernelQueue::stopAll() {
  for (Job &job : running)
    llvm::sys::Wait(job.process, /*SecondsToWait=*/1);
  running.clear();
}

} // namespace

FailureOr<std::vector<KernelResult>>
vox::compileKernels(ModuleOp module, const Machine &machine,
                    const CompileOptions &options,
                    ArrayRef<Product::Kind> forms, bool &internalFault) {
  return KernelQueue(module, machine, options, forms, internalFault).run();
}
