// Channels that are zero and must stay, with the reason; and channels that are
// not zero where they are read, of which nothing is said.

// RUN: vox-opt %s --vox-prune-channels --canonicalize --remarks-filter='vox-prune.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// In each network the first dense layer's neuron 0 is dead.

// REMARK-NOT: [Passed]

// REMARK: [Missed] OpenExtents | Category:vox-prune-channels | {{.*}}"positions and numbers of terms differ from run to run"
// CHECK-LABEL: func.func @OpenExtents(
// CHECK: vox.dense {{.*}} -> tensor<4x2xf32>
func.func @OpenExtents(%x: tensor<4x1xf32>) -> tensor<4x1xf32> attributes {vox.open = #vox.open<least = [1], greatest = [4], inputs = [()[s0] -> (s0, 1)]>} {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<4x1xf32>, tensor<2x1xf32>) -> tensor<4x2xf32>
  %1 = vox.dense %0, %v : (tensor<4x2xf32>, tensor<1x2xf32>) -> tensor<4x1xf32>
  return %1 : tensor<4x1xf32>
}

// REMARK: [Missed] ChannelsKept | Category:vox-prune-channels | {{.*}}"1 of its 2 channels are zero, but they are an output of the network"
// CHECK-LABEL: func.func @Output(
// CHECK: vox.dense {{.*}} -> tensor<1x2xf32>
func.func @Output(%x: tensor<1x1xf32>) -> (tensor<1x2xf32>, tensor<1x1xf32>) {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.dense %0, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %0, %1 : tensor<1x2xf32>, tensor<1x1xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they go into a concatenation"
// CHECK-LABEL: func.func @Concatenation(
// CHECK: vox.concat
func.func @Concatenation(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x4xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.concat %0, %0 axis = 1 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x4xf32>
  %2 = vox.dense %1, %v : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x1xf32>
  return %2 : tensor<1x1xf32>
}

// A residual addition, also where both values come from one layer.
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they meet other values"
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they meet other values"
// CHECK-LABEL: func.func @Residual(
// CHECK: vox.add {{.*}} -> tensor<1x2xf32>
// CHECK: vox.add {{.*}} -> tensor<1x2xf32>
func.func @Residual(%x: tensor<1x1xf32>, %r: tensor<1x2xf32>) -> tensor<1x1xf32> {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %u = vox.constant dense<[[0.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.add %0, %r : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %2 = vox.dense %1, %u : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %3 = vox.activation #vox.relu %2 : tensor<1x2xf32>
  %4 = vox.add %2, %3 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %5 = vox.dense %4, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %5 : tensor<1x1xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are read by a grouped convolution"
// CHECK-LABEL: func.func @ReaderHasGroups(
// CHECK: groups = 2
func.func @ReaderHasGroups(%x: tensor<1x1x2xf32>) -> tensor<1x2x2xf32> {
  %w = vox.constant dense<[[[0.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x1x2xf32>, tensor<2x1x1xf32>) -> tensor<1x2x2xf32>
  %1 = vox.conv %0, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x2x2xf32>, tensor<2x1x1xf32>) -> tensor<1x2x2xf32>
  return %1 : tensor<1x2x2xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they belong to a grouped convolution"
// CHECK-LABEL: func.func @LayerHasGroups(
// CHECK: groups = 2
func.func @LayerHasGroups(%x: tensor<1x2x2xf32>) -> tensor<1x1x2xf32> {
  %w = vox.constant dense<[[[0.0]], [[1.0]]]> : tensor<2x1x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x2x1xf32>
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x2x2xf32>, tensor<2x1x1xf32>) -> tensor<1x2x2xf32>
  %1 = vox.conv %0, %v strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x2x2xf32>, tensor<1x2x1xf32>) -> tensor<1x1x2xf32>
  return %1 : tensor<1x1x2xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they go through vox.reduce"
// CHECK-LABEL: func.func @MixesChannels(
// CHECK: vox.reduce
func.func @MixesChannels(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.reduce mean %0 axes = [1] : tensor<1x2xf32> -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are read by a layer whose weights are not constant"
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are the weights of a layer"
// CHECK-LABEL: func.func @ComputedWeights(
// CHECK-COUNT-3: vox.dense
func.func @ComputedWeights(%x: tensor<1x1xf32>, %y: tensor<1x2xf32>, %v: tensor<1x2xf32>)
    -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.dense %0, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %b = vox.constant dense<0.0> : tensor<2xf32>
  %2 = vox.dense %x, %w bias %b : (tensor<1x1xf32>, tensor<2x1xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %3 = vox.dense %y, %2 : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %1, %3 : tensor<1x1xf32>, tensor<1x1xf32>
}

// What makes the zeros is not the layer itself, whose weights are an input.
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they come of weights or a bias that are not constant"
// CHECK-LABEL: func.func @WeightsAreAnInput(
// CHECK: vox.dense {{.*}} -> tensor<1x2xf32>
func.func @WeightsAreAnInput(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %one = vox.constant dense<1.0> : tensor<2x1xf32>
  %w = vox.activation #vox.relu %one : tensor<2x1xf32>
  %scale = vox.constant dense<[[0.0, 1.0]]> : tensor<1x2xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.activation #vox.clip<min = 0.0, max = 6.0> %0 : tensor<1x2xf32>
  %2 = vox.activation #vox.sigmoid %1 : tensor<1x2xf32>
  %3 = vox.mul %2, %scale : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  %4 = vox.dense %3, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %4 : tensor<1x1xf32>
}

// 0 times infinity is NaN, which must stay one.
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are read with weights that are not finite"
// CHECK-LABEL: func.func @InfiniteWeights(
// CHECK: vox.dense {{.*}} -> tensor<1x2xf32>
func.func @InfiniteWeights(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %v = vox.constant dense<[[0x7F800000, 1.0]]> : tensor<1x2xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %1 = vox.dense %0, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"its one channel is zero, but it is the last one"
// CHECK-LABEL: func.func @OneChannel(
// CHECK-COUNT-2: vox.dense
func.func @OneChannel(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %w = vox.constant dense<0.0> : tensor<1x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x1xf32>
  %0 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = vox.dense %0, %v : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are no channels to a layer that reads them"
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are no channels to a batch norm"
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 2 channels are zero, but they are parameters of a batch norm"
// REMARK: [Missed] ChannelsKept | {{.*}}"1 of its 1 channels are zero, but they are broadcast"
// CHECK-LABEL: func.func @OtherDimensions(
// CHECK: vox.transpose {{.*}} -> tensor<2x2xf32>
func.func @OtherDimensions(%x: tensor<2x1xf32>, %y: tensor<1x1xf32>) -> (
    tensor<2x1xf32>, tensor<2x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>) {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %w1 = vox.constant dense<0.0> : tensor<1x1xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %0 = vox.dense %x, %w : (tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
  %1 = vox.transpose %0 permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %2 = vox.dense %1, %v : (tensor<2x2xf32>, tensor<1x2xf32>) -> tensor<2x1xf32>
  %b = vox.constant dense<0.0> : tensor<2xf32>
  %3 = vox.dense %x, %w bias %b : (tensor<2x1xf32>, tensor<2x1xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  %4 = vox.transpose %3 permutation = [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>
  %5 = vox.batch_norm %4 scale %one bias %one mean %one variance %one epsilon = 0.0
      : tensor<2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %6 = vox.dense %y, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %7 = vox.reshape %6 : tensor<1x2xf32> -> tensor<2xf32>
  %8 = vox.batch_norm %v scale %7 bias %one mean %one variance %one epsilon = 0.0
      : tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %9 = vox.dense %y, %w1 : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %10 = vox.add %9, %v : (tensor<1x1xf32>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %2, %5, %8, %10 : tensor<2x1xf32>, tensor<2x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>
}

// Not zero where they are read: a bias behind, a function that is not 0 at 0, a
// reader before the ReLU, an addend; and a scale of zero of what may be NaN.
// REMARK-NOT: Channels
// CHECK-LABEL: func.func @NotZero(
// CHECK-COUNT-4: vox.dense {{.*}} -> tensor<1x2xf32>
func.func @NotZero(%x: tensor<1x1xf32>, %y: tensor<1x2xf32>) -> (
    tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>) {
  %w = vox.constant dense<[[0.0], [1.0]]> : tensor<2x1xf32>
  %b = vox.constant dense<[1.0e-30, 1.0]> : tensor<2xf32>
  %c = vox.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %zero = vox.constant dense<0.0> : tensor<2xf32>
  %one = vox.constant dense<1.0> : tensor<2xf32>
  %u = vox.constant dense<[[1.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf32>
  %v = vox.constant dense<2.0> : tensor<1x2xf32>
  %0 = vox.dense %x, %w bias %b : (tensor<1x1xf32>, tensor<2x1xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %1 = vox.dense %0, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %2 = vox.dense %x, %w : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<1x2xf32>
  %3 = vox.activation #vox.sigmoid %2 : tensor<1x2xf32>
  %4 = vox.dense %3, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %5 = vox.dense %x, %w bias %c : (tensor<1x1xf32>, tensor<2x1xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %6 = vox.activation #vox.relu %5 : tensor<1x2xf32>
  %7 = vox.dense %6, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %8 = vox.dense %5, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %9 = vox.add %2, %one : (tensor<1x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %10 = vox.dense %9, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  %11 = vox.unary log %y : tensor<1x2xf32>
  %12 = vox.dense %11, %u : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %13 = vox.batch_norm %12 scale %zero bias %zero mean %one variance %one epsilon = 0.0
      : tensor<1x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %14 = vox.dense %13, %v : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %1, %4, %7, %8, %10, %14 : tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>,
      tensor<1x1xf32>, tensor<1x1xf32>
}
