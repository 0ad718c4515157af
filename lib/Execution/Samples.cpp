//===- Samples.cpp - A folder of inputs -----------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Execution/Samples.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace llvm;
using namespace vox;
using namespace vox::execution;

/// Of two files for one tensor the first suffix counts.
static constexpr StringLiteral kSuffixes[] = {".npy", ".raw", ".nii",
                                              ".nii.gz"};
static constexpr StringLiteral kSuffixNames = ".npy, .raw, .nii or .nii.gz";

static Error makeError(StringRef path, const Twine &message) {
  return createStringError(path + ": error: " + message);
}

/// Takes a known suffix from the end of `file`; its rank, or none.
static std::optional<size_t> takeSuffix(StringRef &file) {
  for (auto [rank, suffix] : enumerate(kSuffixes))
    if (file.consume_back(suffix))
      return rank;
  return std::nullopt;
}

namespace {
/// One file, as its name says.
struct Candidate {
  StringRef sample;
  size_t input;
  size_t suffix;
};
} // namespace

/// Nothing where the file is no input of the network.
static std::optional<Candidate> parseName(StringRef file,
                                          const Signature &signature) {
  std::optional<size_t> suffix = takeSuffix(file);
  if (!suffix || file.empty())
    return std::nullopt;
  if (signature.inputs.size() == 1) {
    if (file.ends_with(".expected"))
      return std::nullopt;
    return Candidate{file, 0, *suffix};
  }
  // Names of inputs may hold dots: the longest one counts.
  std::optional<Candidate> best;
  for (auto [i, input] : enumerate(signature.inputs)) {
    StringRef sample = file;
    if (sample.consume_back("." + input.name) && !sample.empty() &&
        (!best || sample.size() < best->sample.size()))
      best = Candidate{sample, i, *suffix};
  }
  return best;
}

/// "NAME.npy, ...", or "NAME.x.npy and NAME.y.npy, ..." .
static std::string describeFiles(const Signature &signature) {
  if (signature.inputs.size() == 1)
    return ("files NAME" + kSuffixNames).str();
  return "files " +
         join(map_range(
                  signature.inputs,
                  [](const TensorInfo &info) { return "NAME." + info.name; }),
              " and ") +
         ", each with " + kSuffixNames.str();
}

Expected<std::vector<SampleFiles>>
execution::listSamples(StringRef folder, const Signature &signature) {
  size_t numInputs = signature.inputs.size();
  if (numInputs == 0)
    return makeError(folder, "can't hold samples, for the network has no "
                             "inputs; expected a network with inputs");
  // By name: for each input the file and the rank of its suffix.
  std::map<std::string, SmallVector<std::pair<size_t, std::string>>> found;
  std::error_code code;
  for (sys::fs::directory_iterator at(folder, code), end; at != end && !code;
       at.increment(code)) {
    StringRef file = sys::path::filename(at->path());
    std::optional<Candidate> candidate = parseName(file, signature);
    if (!candidate)
      continue;
    auto &files = found[candidate->sample.str()];
    files.resize(numInputs, {std::size(kSuffixes), ""});
    auto &slot = files[candidate->input];
    slot = std::min(slot, {candidate->suffix, at->path()});
  }
  if (code)
    return makeError(folder, "can't be read: " + code.message());
  if (found.empty())
    return makeError(folder,
                     "holds no samples; expected " + describeFiles(signature));
  std::vector<SampleFiles> samples;
  for (auto &[name, files] : found) {
    SampleFiles sample{name, {}};
    for (auto [info, file] : zip_equal(signature.inputs, files)) {
      if (file.second.empty())
        return makeError(
            folder, "sample \"" + Twine(name) + "\" lacks input \"" +
                        info.name + "\"; expected " + describeFiles(signature));
      sample.paths.push_back(std::move(file.second));
    }
    samples.push_back(std::move(sample));
  }
  return samples;
}

Expected<Sample> execution::readSample(const SampleFiles &files,
                                       const Signature &signature) {
  Sample sample{files.name, {}};
  for (auto [path, info] : zip_equal(files.paths, signature.inputs)) {
    Expected<Tensor> tensor = readTensor(path, info, /*wide=*/false);
    if (!tensor)
      return tensor.takeError();
    sample.inputs.push_back(std::move(*tensor));
  }
  return sample;
}

Expected<std::vector<Sample>>
execution::readSamples(StringRef folder, const Signature &signature) {
  Expected<std::vector<SampleFiles>> files = listSamples(folder, signature);
  if (!files)
    return files.takeError();
  std::vector<Sample> samples;
  for (const SampleFiles &file : *files) {
    Expected<Sample> sample = readSample(file, signature);
    if (!sample)
      return sample.takeError();
    samples.push_back(std::move(*sample));
  }
  return samples;
}
