//===- Samples.h - A folder of inputs -------------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_EXECUTION_SAMPLES_H
#define VOX_EXECUTION_SAMPLES_H

#include "vox/Execution/Tensor.h"

namespace vox::execution {

struct Sample {
  /// The file's name without suffix (and without ".INPUT").
  std::string name;
  /// One per input of the network.
  std::vector<Tensor> inputs;
};

/// Where a sample lies: the files of its inputs.
struct SampleFiles {
  std::string name;
  std::vector<std::string> paths;
};

/// Finds every sample of `folder`, sorted by name. A network with one input
/// takes each tensor file (.npy .raw .nii .nii.gz) as a sample, but for those
/// named NAME.expected.SUFFIX; one with several takes files NAME.INPUT.SUFFIX.
/// A volume may lie in the folder in two formats: the first one by suffix
/// counts. Refused, with the folder's name: no samples, a missing input.
llvm::Expected<std::vector<SampleFiles>>
listSamples(llvm::StringRef folder, const Signature &signature);

/// Refused, with the file's name: a tensor of another shape or type.
llvm::Expected<Sample> readSample(const SampleFiles &files,
                                  const Signature &signature);

/// All samples of a folder at once.
llvm::Expected<std::vector<Sample>> readSamples(llvm::StringRef folder,
                                                const Signature &signature);

} // namespace vox::execution

#endif // VOX_EXECUTION_SAMPLES_H
