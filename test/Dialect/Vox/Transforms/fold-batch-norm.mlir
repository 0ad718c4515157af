// Batch norms that must be folded. Constants are chosen so that the folded
// ones are exact: s = scale / sqrt(variance + epsilon), weights s W, bias
// s (b - mean) + bias.

// RUN: vox-opt %s --vox-fold-batch-norm --canonicalize | FileCheck %s
// RUN: vox-opt %s --vox-fold-batch-norm --remarks-filter='vox-fold.*' --remark-format=emitRemark --mlir-disable-threading 2>&1 >/dev/null \
// RUN:   | FileCheck %s --check-prefix=REMARK

// REMARK-NOT: BatchNormKept
// REMARK: [Passed] BatchNormFolded | Category:vox-fold-batch-norm | {{.*}}"folded into the layer before it"
// REMARK-NOT: BatchNormKept

// s = [4 / sqrt(3.75 + 0.25), -1 / sqrt(0 + 0.25)] = [2, -2]: a negative
// factor, a channel of zero variance and an epsilon that is not the default.
// CHECK-LABEL: func.func @Conv(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<{{\[\[}}[2.000000e+00, 4.000000e+00]], {{\[\[}}-6.000000e+00, -8.000000e+00]]]> : tensor<2x1x2xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<[-1.000000e+00, 4.000000e+00]> : tensor<2xf32>
// CHECK: %[[Y:.*]] = vox.conv %{{.*}}, %[[W]] bias %[[B]] strides = [2] dilations = [1] pads = [1, 0] groups = 1 {layer = "conv1"}
// CHECK-NEXT: return %[[Y]]
func.func @Conv(%x: tensor<1x1x4xf32>) -> tensor<1x2x2xf32> {
  %w = vox.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %scale = vox.constant dense<[4.0, -1.0]> : tensor<2xf32>
  %bias = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %mean = vox.constant dense<1.0> : tensor<2xf32>
  %variance = vox.constant dense<[3.75, 0.0]> : tensor<2xf32>
  %0 = vox.conv %x, %w strides = [2] dilations = [1] pads = [1, 0] groups = 1 {layer = "conv1"}
      : (tensor<1x1x4xf32>, tensor<2x1x2xf32>) -> tensor<1x2x2xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %mean variance %variance epsilon = 2.500000e-01 {layer = "bn1"}
      : tensor<1x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %1 : tensor<1x2x2xf32>
}

// The layer's own bias is folded too: s = 3, 3 (10 - 1) + 2 = 29.
// CHECK-LABEL: func.func @ConvWithBias(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<3.000000e+00> : tensor<1x1x1xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<2.900000e+01> : tensor<1xf32>
// CHECK: vox.conv %{{.*}}, %[[W]] bias %[[B]]
// CHECK-NOT: vox.batch_norm
func.func @ConvWithBias(%x: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x1xf32>
  %b = vox.constant dense<10.0> : tensor<1xf32>
  %scale = vox.constant dense<3.0> : tensor<1xf32>
  %bias = vox.constant dense<2.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.conv %x, %w bias %b strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x1xf32>, tensor<1xf32>) -> tensor<1x1x4xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<1x1x4xf32>
}

// Weights of grouped convolutions are [Co, Ci / groups, ...]: the factor goes
// by output channel all the same.
// CHECK-LABEL: func.func @GroupedConv(
// CHECK: vox.constant dense<{{\[\[}}[2.000000e+00]], {{\[\[}}9.000000e+00]]]> : tensor<2x1x1xf32>
// CHECK-NOT: vox.batch_norm
func.func @GroupedConv(%x: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %w = vox.constant dense<[[[1.0]], [[3.0]]]> : tensor<2x1x1xf32>
  %scale = vox.constant dense<[2.0, 3.0]> : tensor<2xf32>
  %zero = vox.constant dense<0.0> : tensor<2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x2x4xf32>, tensor<2x1x1xf32>) -> tensor<1x2x4xf32>
  %1 = vox.batch_norm %0 scale %scale bias %zero mean %zero variance %one epsilon = 0.000000e+00
      : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %1 : tensor<1x2x4xf32>
}

// The positions that no window reaches (stride 2, kernel 1) and those that
// output_pads appends hold the bias alone, which is folded as everywhere:
// s = [2, -2], s (b - mean) + bias = [2 (3 - 1) + 1, -2 (4 - 1) + 2].
// CHECK-LABEL: func.func @ConvTranspose(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<{{\[\[}}[2.000000e+00], [4.000000e+00]], {{\[\[}}-6.000000e+00], [-8.000000e+00]]]> : tensor<2x2x1xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<[5.000000e+00, -4.000000e+00]> : tensor<2xf32>
// CHECK: %[[Y:.*]] = vox.conv_transpose %{{.*}}, %[[W]] bias %[[B]] strides = [2] dilations = [1] pads = [0, 0] output_pads = [1] groups = 1 {layer = "up"}
// CHECK-NEXT: return %[[Y]]
func.func @ConvTranspose(%x: tensor<1x2x4xf32>) -> tensor<1x2x8xf32> {
  %w = vox.constant dense<[[[1.0], [2.0]], [[3.0], [4.0]]]> : tensor<2x2x1xf32>
  %b = vox.constant dense<[3.0, 4.0]> : tensor<2xf32>
  %scale = vox.constant dense<[4.0, -1.0]> : tensor<2xf32>
  %bias = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %mean = vox.constant dense<1.0> : tensor<2xf32>
  %variance = vox.constant dense<[3.75, 0.0]> : tensor<2xf32>
  %0 = vox.conv_transpose %x, %w bias %b strides = [2] dilations = [1] pads = [0, 0] output_pads = [1] groups = 1 {layer = "up"}
      : (tensor<1x2x4xf32>, tensor<2x2x1xf32>, tensor<2xf32>) -> tensor<1x2x8xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %mean variance %variance epsilon = 2.500000e-01 {layer = "bn1"}
      : tensor<1x2x8xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return %1 : tensor<1x2x8xf32>
}

// Two groups of two result channels each: ONNX's [Ci, Co / groups, ...] would
// have two factors in one row, [Co, Ci / groups, ...] has one in each.
// CHECK-LABEL: func.func @GroupedConvTranspose(
// CHECK-DAG: vox.constant dense<{{\[\[}}[2.000000e+00]], {{\[\[}}6.000000e+00]], {{\[\[}}1.200000e+01]], {{\[\[}}2.000000e+01]]]> : tensor<4x1x1xf32>
// CHECK-DAG: vox.constant dense<[-2.000000e+00, -3.000000e+00, -4.000000e+00, -5.000000e+00]> : tensor<4xf32>
// CHECK: vox.conv_transpose
// CHECK-NOT: vox.batch_norm
func.func @GroupedConvTranspose(%x: tensor<1x2x4xf32>) -> tensor<1x4x4xf32> {
  %w = vox.constant dense<[[[1.0]], [[2.0]], [[3.0]], [[4.0]]]> : tensor<4x1x1xf32>
  %scale = vox.constant dense<[2.0, 3.0, 4.0, 5.0]> : tensor<4xf32>
  %zero = vox.constant dense<0.0> : tensor<4xf32>
  %one = vox.constant dense<1.0> : tensor<4xf32>
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x2x4xf32>, tensor<4x1x1xf32>) -> tensor<1x4x4xf32>
  %1 = vox.batch_norm %0 scale %scale bias %zero mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x4x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
  return %1 : tensor<1x4x4xf32>
}

// CHECK-LABEL: func.func @Dense(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<{{\[\[}}2.000000e+00, 4.000000e+00]]> : tensor<1x2xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<5.000000e+00> : tensor<1xf32>
// CHECK: vox.dense %{{.*}}, %[[W]] bias %[[B]] {layer = "fc"}
// CHECK-NOT: vox.batch_norm
func.func @Dense(%x: tensor<3x2xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %scale = vox.constant dense<2.0> : tensor<1xf32>
  %bias = vox.constant dense<5.0> : tensor<1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w {layer = "fc"} : (tensor<3x2xf32>, tensor<1x2xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %zero variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// One batch norm behind another: both go.
// CHECK-LABEL: func.func @TwoInARow(
// CHECK: vox.constant dense<4.000000e+00> : tensor<1x1xf32>
// CHECK-NOT: vox.batch_norm
func.func @TwoInARow(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %one = vox.constant dense<1.0> : tensor<1x1xf32>
  %zeros = vox.constant dense<0.0> : tensor<1xf32>
  %ones = vox.constant dense<1.0> : tensor<1xf32>
  %two = vox.constant dense<2.0> : tensor<1xf32>
  %0 = vox.dense %x, %one : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %two bias %zeros mean %zeros variance %ones epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.batch_norm %1 scale %two bias %zeros mean %zeros variance %ones epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %2 : tensor<3x1xf32>
}

// Two layers share weights; only one is normalised. The other must keep them
// as they were.
// CHECK-LABEL: func.func @SharedWeights(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<1.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: %[[FOLDED:.*]] = vox.constant dense<2.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: vox.dense %{{.*}}, %[[FOLDED]] bias
// CHECK-DAG: vox.dense %{{.*}}, %[[W]] :
// CHECK-NOT: vox.batch_norm
func.func @SharedWeights(%x: tensor<3x1xf32>) -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %two = vox.constant dense<2.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %two bias %zero mean %zero variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  return %1, %2 : tensor<3x1xf32>, tensor<3x1xf32>
}

// The normalised value may be the network's output; the layer's own may not.
// CHECK-LABEL: func.func @UsedTwiceAndReturned(
// CHECK: %[[Y:.*]] = vox.dense
// CHECK-NEXT: %[[Z:.*]] = vox.add %[[Y]], %[[Y]]
// CHECK-NEXT: return %[[Y]], %[[Z]]
func.func @UsedTwiceAndReturned(%x: tensor<3x1xf32>) -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.add %1, %1 : (tensor<3x1xf32>, tensor<3x1xf32>) -> tensor<3x1xf32>
  return %1, %2 : tensor<3x1xf32>, tensor<3x1xf32>
}

// Weights in a resource, as imported ones are: 32 elements, 1.0 and 2.0 in
// turn, times 2.
// CHECK-LABEL: func.func @Resource(
// CHECK: vox.constant dense_resource<weights_folded> : tensor<1x32xf32>
// CHECK-NOT: vox.batch_norm
func.func @Resource(%x: tensor<3x32xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense_resource<weights> : tensor<1x32xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %two = vox.constant dense<2.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x32xf32>, tensor<1x32xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %two bias %zero mean %zero variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x400000000000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F000000400000803F00000040"
    }
  }
#-}
// CHECK: weights_folded: "0x400000000000004000008040000000400000804{{0[0-9A-F]*}}"
