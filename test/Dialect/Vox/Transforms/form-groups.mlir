// Ops that must become one kernel.

// RUN: vox-opt %s --vox-form-groups --remarks-filter='vox-form.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-form-groups=fuse=false | FileCheck %s --check-prefix=SINGLE
// RUN: vox-opt %s --vox-form-groups --canonicalize --cse | vox-opt --vox-form-groups | FileCheck %s --check-prefix=AGAIN

// REMARK-NOT: [Missed]

// REMARK: [Passed] Fused | Category:vox-form-groups | {{.*}}"conv + batch_norm + add + relu in one kernel"
// CHECK-LABEL: func.func @ConvNormAddRelu(
// CHECK-SAME: %[[X:.*]]: tensor<1x2x4xf32>, %[[W:.*]]: tensor<2x2x1xf32>, %[[P:.*]]: tensor<2xf32>, %[[R:.*]]: tensor<1x2x4xf32>
// CHECK-NEXT: %[[Y:.*]] = vox.group (%[[A:.*]] = %[[X]] : {{.*}}, %[[B:.*]] = %[[W]] : {{.*}}, %[[C:.*]] = %[[P]] : {{.*}}, %[[D:.*]] = %[[R]] : tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
// CHECK-NEXT: %[[CONV:.*]] = vox.conv %[[A]], %[[B]] strides = [1] dilations = [1] pads = [0, 0] groups = 1 {layer = "conv1"}
// CHECK-NEXT: %[[BN:.*]] = vox.batch_norm %[[CONV]] scale %[[C]] bias %[[C]]
// CHECK-NEXT: %[[ADD:.*]] = vox.add %[[BN]], %[[D]]
// CHECK-NEXT: %[[RELU:.*]] = vox.activation #vox.relu %[[ADD]] {layer = "relu1"}
// CHECK-NEXT: vox.yield %[[RELU]]
// CHECK-NEXT: }
// CHECK-NEXT: return %[[Y]]
// SINGLE-LABEL: func.func @ConvNormAddRelu(
// SINGLE-COUNT-4: vox.group
// SINGLE-NOT: vox.group
// SINGLE: return
// Layers grouped already are left alone.
// AGAIN-LABEL: func.func @ConvNormAddRelu(
// AGAIN-COUNT-1: vox.group
// AGAIN-NOT: vox.group
// AGAIN: return
func.func @ConvNormAddRelu(%x: tensor<1x2x4xf32>, %w: tensor<2x2x1xf32>, %p: tensor<2xf32>, %r: tensor<1x2x4xf32>) -> tensor<1x2x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 {layer = "conv1"}
      : (tensor<1x2x4xf32>, tensor<2x2x1xf32>) -> tensor<1x2x4xf32>
  %1 = vox.batch_norm %0 scale %p bias %p mean %p variance %p epsilon = 1.000000e-05
      : tensor<1x2x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %2 = vox.add %1, %r : (tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %3 = vox.activation #vox.relu %2 {layer = "relu1"} : tensor<1x2x4xf32>
  return %3 : tensor<1x2x4xf32>
}

// REMARK: "dense + leaky_relu in one kernel"
// CHECK-LABEL: func.func @DenseActivation(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @DenseActivation(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.activation #vox.leaky_relu<alpha = 2.000000e-01> %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// REMARK: "matmul + div + add in one kernel"
// CHECK-LABEL: func.func @ScaledScores(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @ScaledScores(%q: tensor<2x3x4xf32>, %k: tensor<2x4x3xf32>, %d: tensor<f32>, %mask: tensor<3xf32>) -> tensor<2x3x3xf32> {
  %0 = vox.matmul %q, %k : (tensor<2x3x4xf32>, tensor<2x4x3xf32>) -> tensor<2x3x3xf32>
  %1 = vox.div %0, %d : (tensor<2x3x3xf32>, tensor<f32>) -> tensor<2x3x3xf32>
  %2 = vox.add %1, %mask : (tensor<2x3x3xf32>, tensor<3xf32>) -> tensor<2x3x3xf32>
  return %2 : tensor<2x3x3xf32>
}

// REMARK: "pool + sigmoid in one kernel"
// CHECK-LABEL: func.func @PoolActivation(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @PoolActivation(%x: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> {
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
  %1 = vox.activation #vox.sigmoid %0 : tensor<1x1x2xf32>
  return %1 : tensor<1x1x2xf32>
}

// An addition that broadcasts its operands anchors what follows it.
// REMARK: "sub + mul + tanh in one kernel"
// CHECK-LABEL: func.func @ElementWiseChain(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @ElementWiseChain(%x: tensor<4xf32>, %y: tensor<3x1xf32>) -> tensor<3x4xf32> {
  %0 = vox.sub %x, %y : (tensor<4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  %1 = vox.mul %0, %y : (tensor<3x4xf32>, tensor<3x1xf32>) -> tensor<3x4xf32>
  %2 = vox.activation #vox.tanh %1 : tensor<3x4xf32>
  return %2 : tensor<3x4xf32>
}

// Add(c, c): used twice, by one user.
// REMARK: "dense + add in one kernel"
// An ELU as exporters write it: truth values stay in registers.
// CHECK-LABEL: func.func @CompareSelect(
// CHECK: vox.group
// CHECK-NEXT: vox.unary exp
// CHECK-NEXT: vox.sub
// CHECK-NEXT: vox.select
// CHECK-NEXT: vox.yield
// CHECK: return
func.func @CompareSelect(%x: tensor<2x4xf32>, %c: tensor<2x4xi1>, %one: tensor<f32>) -> tensor<2x4xf32> {
  %0 = vox.unary exp %x : tensor<2x4xf32>
  %1 = vox.sub %0, %one : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  %2 = vox.select %c, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @PoolToMask(
// CHECK: vox.group
// CHECK-NEXT: vox.pool
// CHECK-NEXT: vox.max
// CHECK-NEXT: vox.pow
// CHECK-NEXT: vox.compare greater
// CHECK-NEXT: vox.yield %{{.*}} : tensor<1x1x2xi1>
func.func @PoolToMask(%x: tensor<1x1x4xf32>, %s: tensor<f32>) -> tensor<1x1x2xi1> {
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
  %1 = vox.max %0, %s : (tensor<1x1x2xf32>, tensor<f32>) -> tensor<1x1x2xf32>
  %2 = vox.pow %1, %s : (tensor<1x1x2xf32>, tensor<f32>) -> tensor<1x1x2xf32>
  %3 = vox.compare greater %2, %s : (tensor<1x1x2xf32>, tensor<f32>) -> tensor<1x1x2xi1>
  return %3 : tensor<1x1x2xi1>
}

// A sum is stored before it is worked on.
// CHECK-LABEL: func.func @ReduceAlone(
// CHECK: vox.reduce
// CHECK-NEXT: vox.yield
func.func @ReduceAlone(%x: tensor<2x4xf32>) -> tensor<2x1xf32> {
  %0 = vox.reduce mean %x axes = [1] : tensor<2x4xf32> -> tensor<2x1xf32>
  %1 = vox.unary sqrt %0 : tensor<2x1xf32>
  return %1 : tensor<2x1xf32>
}

// CHECK-LABEL: func.func @AddToItself(
// CHECK: vox.group (%{{[^,]*}} = %{{[^,]*}}, %{{[^,]*}} = %{{[^,]*}}) ->
// CHECK-NEXT: %[[C:.*]] = vox.dense
// CHECK-NEXT: vox.add %[[C]], %[[C]]
func.func @AddToItself(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.add %0, %0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// The residual is the layer's own input: one argument, read twice.
// REMARK: "dense + add in one kernel"
// CHECK-LABEL: func.func @ResidualIsTheInput(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[W:.*]]: tensor<3x3xf32>
// CHECK: vox.group (%[[A:.*]] = %[[X]] : tensor<2x3xf32>, %{{.*}} = %[[W]] : tensor<3x3xf32>) ->
// CHECK-NEXT: %[[C:.*]] = vox.dense %[[A]],
// CHECK-NEXT: vox.add %[[A]], %[[C]]
func.func @ResidualIsTheInput(%x: tensor<2x3xf32>, %w: tensor<3x3xf32>) -> tensor<2x3xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  %1 = vox.add %x, %0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// The addend repeats along every dimension it lacks; the result has the
// layer's shape.
// REMARK: "dense + add + mul in one kernel"
// CHECK-LABEL: func.func @AddendIsBroadcast(
// CHECK-COUNT-1: vox.group
// CHECK-NOT: vox.group
// CHECK: return
func.func @AddendIsBroadcast(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %a: tensor<4xf32>, %s: tensor<f32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.add %a, %0 : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = vox.mul %1, %s : (tensor<2x4xf32>, tensor<f32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// The first layer takes the addition, and stands where its residual exists:
// behind the second layer.
// REMARK: "dense + add in one kernel"
// CHECK-LABEL: func.func @ResidualComputedLater(
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
// CHECK-NEXT: %[[R:.*]] = vox.group
// CHECK-NEXT: vox.dense {{.*}} {layer = "second"}
// CHECK-NEXT: vox.yield
// CHECK-NEXT: }
// CHECK-NEXT: vox.group ({{.*}} = %[[R]] : tensor<2x4xf32>) ->
// CHECK-NEXT: vox.dense {{.*}} {layer = "first"}
// CHECK-NEXT: vox.add
func.func @ResidualComputedLater(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w {layer = "first"} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %1 = vox.dense %x, %w {layer = "second"} : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  %2 = vox.add %0, %1 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// REMARK: "conv_transpose + prelu in one kernel"
// CHECK-LABEL: func.func @TransposedActivation(
// CHECK: vox.group
// CHECK-NEXT: vox.conv_transpose
// CHECK-NEXT: vox.activation #vox.prelu %{{.*}} parameter %{{.*}} :
// CHECK-NEXT: vox.yield
// CHECK-NOT: vox.group
func.func @TransposedActivation(%x: tensor<1x2x4xf32>, %w: tensor<2x2x2xf32>, %slope: tensor<2x1xf32>) -> tensor<1x2x8xf32> {
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x2x4xf32>, tensor<2x2x2xf32>) -> tensor<1x2x8xf32>
  %1 = vox.activation #vox.prelu %0 parameter %slope : tensor<1x2x8xf32>, tensor<2x1xf32>
  return %1 : tensor<1x2x8xf32>
}

// Labels are stored as bytes at once.
// REMARK: "argmax + cast in one kernel"
// CHECK-LABEL: func.func @Labels(
// CHECK: vox.group ({{.*}}) -> tensor<1x1x4xui8>
// CHECK-NEXT: vox.argmax
// CHECK-NEXT: vox.cast
// CHECK-NEXT: vox.yield
func.func @Labels(%x: tensor<1x3x4xf32>) -> tensor<1x1x4xui8> {
  %0 = vox.argmax %x axis = 1 : tensor<1x3x4xf32> -> tensor<1x1x4xi64>
  %1 = vox.cast %0 : tensor<1x1x4xi64> -> tensor<1x1x4xui8>
  return %1 : tensor<1x1x4xui8>
}

// REMARK: "resize + relu in one kernel"
// CHECK-LABEL: func.func @ResizeActivation(
// CHECK: vox.resize
// CHECK-NEXT: vox.activation
func.func @ResizeActivation(%x: tensor<1x3x4xf32>) -> tensor<1x3x8xf32> {
  %0 = vox.resize linear %x scales = [1.0, 1.0, 2.0] coordinates = half_pixel rounding = floor : tensor<1x3x4xf32> -> tensor<1x3x8xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x3x8xf32>
  return %1 : tensor<1x3x8xf32>
}
