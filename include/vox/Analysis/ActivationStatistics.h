//===- ActivationStatistics.h - What units do on samples ------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a monitored network counted, per layer and unit, over all samples. A
// unit is a channel of a convolution or a neuron of a dense layer.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ANALYSIS_ACTIVATIONSTATISTICS_H
#define VOX_ANALYSIS_ACTIVATIONSTATISTICS_H

#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/Support/JSON.h"

#include <vector>

namespace vox {

struct UnitStatistics {
  /// Elements seen, and how many of them were zero, or within 1 % of a bound
  /// of the activation (`atLow`, `atHigh`; 0 where it has no such bound).
  double count = 0, zeros = 0, atLow = 0, atHigh = 0;
  double mean = 0, variance = 0, least = 0, greatest = 0;
  /// Elements from all over the unit, from all samples.
  std::vector<float> samples;

  /// Zero at every position of every sample.
  bool isDead() const { return count > 0 && least == 0 && greatest == 0; }
  /// Adds another sample's counts; means and variances by Chan, Golub and
  /// LeVeque 1979.
  void add(const UnitStatistics &other);
};

struct LayerStatistics {
  /// The `layer` of the activation op, and its function as formatActivation
  /// writes it.
  std::string layer, function;
  std::vector<UnitStatistics> units;

  // Shares of units or of elements, 0 to 1.
  double deadUnits() const;
  double zeroShare() const;
  /// Near a bound, see getSaturationBounds.
  double saturatedShare() const;
  double mean() const;
  double variance() const;
  double least() const;
  double greatest() const;
};

/// By layer, in the network's order.
using NetworkStatistics = std::vector<LayerStatistics>;

/// Null if there is no such layer.
const LayerStatistics *findLayer(const NetworkStatistics &statistics,
                                 llvm::StringRef layer);

/// From where on an element counts as `atLow` or `atHigh`; infinities where
/// nothing does.
struct SaturationBounds {
  double low = -kInfinity, high = kInfinity;
};

/// 1 % of the distance between two finite bounds from each, or 1 % of the one
/// finite bound. A rectifier's bound of 0 (relu, relu6) is none here: `zeros`
/// says it.
SaturationBounds getSaturationBounds(ActivationAttr function);

/// What the name of a monitor's output tells of it.
struct MonitorName {
  std::string function;
  /// Elements of each unit.
  int64_t count;
  std::string layer;
};

/// "activation_statistics:leaky_relu(0.2):4096:Relu_3" and back; nothing where
/// `name` is no such one.
std::string formatMonitorName(const MonitorName &name);
std::optional<MonitorName> parseMonitorName(llvm::StringRef name);

/// As `vox-run --monitor` writes and `--activation-statistics` reads it.
llvm::json::Value toJSON(const NetworkStatistics &statistics);
/// An error says what is wrong with the file, without its path.
llvm::Expected<NetworkStatistics> readStatistics(llvm::StringRef path);

} // namespace vox

#endif // VOX_ANALYSIS_ACTIVATIONSTATISTICS_H
