// Channels that are always zero go with the weights that make and read them.
// test/Numeric/ranges.test runs networks of this kind with and without the pass.

// RUN: vox-opt %s --vox-prune-channels --canonicalize | FileCheck %s
// RUN: vox-opt %s --vox-prune-channels --remarks-filter='vox-prune.*' --remark-format=emitRemark --mlir-disable-threading 2>&1 >/dev/null \
// RUN:   | FileCheck %s --check-prefix=REMARK

// REMARK-NOT: ChannelsKept

// A batch norm of scale 0 and a bias below zero, then ReLU: channel 1. The bias
// of channel 2 is above zero, the scale of channel 0 is not zero.
// REMARK: [Passed] ChannelsPruned | Category:vox-prune-channels | {{.*}}"1 of 3 channels are zero and pruned"
// CHECK-LABEL: func.func @BatchNormAndRelu(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<{{\[\[}}[1.000000e+00, 2.000000e+00]], {{\[\[}}5.000000e+00, 6.000000e+00]]]> : tensor<2x1x2xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<[1.000000e+01, 3.000000e+01]> : tensor<2xf32>
// CHECK-DAG: %[[SCALE:.*]] = vox.constant dense<[1.000000e+00, 0.000000e+00]> : tensor<2xf32>
// CHECK-DAG: %[[BIAS:.*]] = vox.constant dense<[5.000000e-01, 2.500000e-01]> : tensor<2xf32>
// CHECK-DAG: %[[MEAN:.*]] = vox.constant dense<[1.000000e+00, 3.000000e+00]> : tensor<2xf32>
// CHECK-DAG: %[[VARIANCE:.*]] = vox.constant dense<[4.000000e+00, 6.000000e+00]> : tensor<2xf32>
// CHECK-DAG: %[[V:.*]] = vox.constant dense<{{\[\[}}[1.000000e+00], [3.000000e+00]], {{\[\[}}4.000000e+00], [6.000000e+00]]]> : tensor<2x2x1xf32>
// CHECK: %[[CONV:.*]] = vox.conv %{{.*}}, %[[W]] bias %[[B]] {{.*}} {layer = "first"} {{.*}} -> tensor<1x2x4xf32>
// CHECK: %[[NORM:.*]] = vox.batch_norm %[[CONV]] scale %[[SCALE]] bias %[[BIAS]] mean %[[MEAN]] variance %[[VARIANCE]]
// CHECK: %[[RELU:.*]] = vox.activation #vox.relu %[[NORM]] : tensor<1x2x4xf32>
// CHECK: %[[POOL:.*]] = vox.pool max %[[RELU]] {{.*}} : tensor<1x2x4xf32> -> tensor<1x2x2xf32>
// CHECK: %[[Y:.*]] = vox.conv %[[POOL]], %[[V]] {{.*}} -> tensor<1x2x2xf32>
// CHECK: return %[[Y]]
func.func @BatchNormAndRelu(%x: tensor<1x1x4xf32>) -> tensor<1x2x2xf32> {
  %w = vox.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]> : tensor<3x1x2xf32>
  %b = vox.constant dense<[10.0, 20.0, 30.0]> : tensor<3xf32>
  %scale = vox.constant dense<[1.0, 0.0, 0.0]> : tensor<3xf32>
  %bias = vox.constant dense<[0.5, -0.5, 0.25]> : tensor<3xf32>
  %mean = vox.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %variance = vox.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %v = vox.constant dense<[[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]]> : tensor<2x3x1xf32>
  %0 = vox.conv %x, %w bias %b strides = [1] dilations = [1] pads = [0, 1] groups = 1 {layer = "first"}
      : (tensor<1x1x4xf32>, tensor<3x1x2xf32>, tensor<3xf32>) -> tensor<1x3x4xf32>
  %1 = vox.batch_norm %0 scale %scale bias %bias mean %mean variance %variance epsilon = 1.0e-5
      : tensor<1x3x4xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x3x4xf32>
  %3 = vox.pool max %2 kernel = [2] strides = [2] dilations = [1] pads = [0, 0]
      : tensor<1x3x4xf32> -> tensor<1x3x2xf32>
  %4 = vox.conv %3, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x3x2xf32>, tensor<2x3x1xf32>) -> tensor<1x2x2xf32>
  return %4 : tensor<1x2x2xf32>
}

// Two layers read the result, one of them transposed; a slope per channel (the
// one that stays becomes a Leaky ReLU's), a factor per channel and a resize lie
// on the way. Channel 0: no weights, no bias.
// REMARK: [Passed] ChannelsPruned | {{.*}}"1 of 2 channels are zero and pruned"
// CHECK-LABEL: func.func @TwoReaders(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<1.000000e+00> : tensor<1x1x1xf32>
// CHECK-DAG: %[[FACTOR:.*]] = vox.constant dense<6.000000e+00> : tensor<1x1x1xf32>
// CHECK-DAG: %[[V:.*]] = vox.constant dense<8.000000e+00> : tensor<1x1x1xf32>
// CHECK-DAG: %[[U:.*]] = vox.constant dense<1.000000e+01> : tensor<1x1x1xf32>
// CHECK: vox.conv %{{.*}}, %[[W]]
// CHECK: vox.activation #vox.leaky_relu<alpha = 0.2
// CHECK: vox.mul %{{.*}}, %[[FACTOR]]
// CHECK: %[[UP:.*]] = vox.resize nearest {{.*}} -> tensor<1x1x8xf32>
// CHECK: vox.conv %[[UP]], %[[V]]
// CHECK: vox.conv_transpose %[[UP]], %[[U]]
func.func @TwoReaders(%x: tensor<1x1x4xf32>) -> (tensor<1x1x8xf32>, tensor<1x1x8xf32>) {
  %w = vox.constant dense<[[[0.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %slope = vox.constant dense<[[0.1], [0.2]]> : tensor<2x1xf32>
  %factor = vox.constant dense<[[[5.0], [6.0]]]> : tensor<1x2x1xf32>
  %half = vox.constant dense<0.5> : tensor<f32>
  %v = vox.constant dense<[[[7.0], [8.0]]]> : tensor<1x2x1xf32>
  %u = vox.constant dense<[[[9.0], [10.0]]]> : tensor<1x2x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x4xf32>, tensor<2x1x1xf32>) -> tensor<1x2x4xf32>
  %1 = vox.activation #vox.prelu %0 parameter %slope : tensor<1x2x4xf32>, tensor<2x1xf32>
  %2 = vox.mul %1, %factor : (tensor<1x2x4xf32>, tensor<1x2x1xf32>) -> tensor<1x2x4xf32>
  %3 = vox.mul %half, %2 : (tensor<f32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %4 = vox.resize nearest %3 scales = [1.0, 1.0, 2.0] coordinates = asymmetric rounding = floor
      : tensor<1x2x4xf32> -> tensor<1x2x8xf32>
  %5 = vox.conv %4, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x2x8xf32>, tensor<1x2x1xf32>) -> tensor<1x1x8xf32>
  %6 = vox.conv_transpose %4, %u strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x2x8xf32>, tensor<1x2x1xf32>) -> tensor<1x1x8xf32>
  return %5, %6 : tensor<1x1x8xf32>, tensor<1x1x8xf32>
}

// A dense layer reads each channel as several features. Weights that are not
// positive, of an input that is not negative, are dead behind a ReLU.
// REMARK: [Passed] ChannelsPruned | {{.*}}"1 of 2 channels are zero and pruned"
// CHECK-LABEL: func.func @Flattened(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<1.000000e+00> : tensor<1x1x1xf32>
// CHECK-DAG: %[[B:.*]] = vox.constant dense<-1.000000e+00> : tensor<1xf32>
// CHECK-DAG: %[[V:.*]] = vox.constant dense<{{\[\[}}3.000000e+00, 4.000000e+00], [7.000000e+00, 8.000000e+00]]> : tensor<2x2xf32>
// CHECK: vox.conv %{{.*}}, %[[W]] bias %[[B]]
// CHECK: %[[FLAT:.*]] = vox.reshape %{{.*}} : tensor<1x1x2xf32> -> tensor<1x2xf32>
// CHECK: vox.dense %[[FLAT]], %[[V]]
func.func @Flattened(%x: tensor<1x1x2xf32>) -> tensor<1x2xf32> {
  %w = vox.constant dense<[[[-1.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %b = vox.constant dense<[0.0, -1.0]> : tensor<2xf32>
  %v = vox.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>
  %0 = vox.activation #vox.sigmoid %x : tensor<1x1x2xf32>
  %1 = vox.conv %0, %w bias %b strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x2xf32>, tensor<2x1x1xf32>, tensor<2xf32>) -> tensor<1x2x2xf32>
  %2 = vox.activation #vox.relu %1 : tensor<1x2x2xf32>
  %3 = vox.reshape %2 : tensor<1x2x2xf32> -> tensor<1x4xf32>
  %4 = vox.dense %3, %v : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return %4 : tensor<1x2xf32>
}

// Dense layers have their channels last; one dead channel stays where all are.
// REMARK: [Passed] ChannelsPruned | {{.*}}"1 of 2 channels are zero and pruned"
// CHECK-LABEL: func.func @AllDead(
// CHECK-DAG: vox.constant dense<0.000000e+00> : tensor<1x3xf32>
// CHECK-DAG: vox.constant dense<5.000000e+00> : tensor<1x1xf32>
// CHECK: vox.dense {{.*}} -> tensor<2x1xf32>
func.func @AllDead(%x: tensor<2x3xf32>) -> tensor<2x1xf32> {
  %w = vox.constant dense<0.0> : tensor<2x3xf32>
  %v = vox.constant dense<[[5.0, 6.0]]> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %1 = vox.dense %0, %v : (tensor<2x2xf32>, tensor<1x2xf32>) -> tensor<2x1xf32>
  return %1 : tensor<2x1xf32>
}

// A reader whose own channels go in turn, and a transpose on the way.
// REMARK-COUNT-2: [Passed] ChannelsPruned | {{.*}}"1 of 2 channels are zero and pruned"
// CHECK-LABEL: func.func @Chain(
// CHECK-DAG: %[[W:.*]] = vox.constant dense<1.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: %[[V:.*]] = vox.constant dense<2.000000e+00> : tensor<1x1xf32>
// CHECK-DAG: %[[U:.*]] = vox.constant dense<5.000000e+00> : tensor<1x1xf32>
// CHECK: vox.dense %{{.*}}, %[[W]]
// CHECK: vox.transpose {{.*}} : tensor<3x1xf32> -> tensor<1x3xf32>
// CHECK: vox.transpose {{.*}} : tensor<1x3xf32> -> tensor<3x1xf32>
// CHECK: vox.dense %{{.*}}, %[[V]]
// CHECK: vox.dense %{{.*}}, %[[U]]
func.func @Chain(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %v = vox.constant dense<[[1.0, 2.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %u = vox.constant dense<[[5.0, 6.0]]> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<2x1xf32>) -> tensor<3x2xf32>
  %1 = vox.transpose %0 permutation = [1, 0] : tensor<3x2xf32> -> tensor<2x3xf32>
  %2 = vox.unary abs %1 : tensor<2x3xf32>
  %3 = vox.transpose %2 permutation = [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  %4 = vox.dense %3, %v : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %5 = vox.dense %4, %u : (tensor<3x2xf32>, tensor<1x2xf32>) -> tensor<3x1xf32>
  return %5 : tensor<3x1xf32>
}

// REMARK-NOT: Channels
