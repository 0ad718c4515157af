// What learned parameters begin as, and the dimension along which units lie.

// DEFINE: %{policy} = relu=prelu
// DEFINE: %{replace} = vox-opt %s --split-input-file --vox-replace-activations='policy={%{policy}}' --canonicalize
// RUN: %{replace} | FileCheck %s
// REDEFINE: %{policy} = relu=learned_swish
// RUN: %{replace} | FileCheck %s --check-prefix=SWISH
// REDEFINE: %{policy} = relu = prelu( 0.1 )
// RUN: %{replace} | FileCheck %s --check-prefix=GIVEN
// REDEFINE: %{policy} = *=prelu
// RUN: %{replace} | FileCheck %s --check-prefix=KEPT
// REDEFINE: %{policy} = *=prelu(-1)
// RUN: %{replace} | FileCheck %s --check-prefix=RESET
// REDEFINE: %{policy} = *=gelu
// RUN: %{replace} | FileCheck %s --check-prefix=DROPPED

// SWISH: %[[B:.*]] = vox.constant dense<1.000000e+00> : tensor<3x1xf32>
// SWISH: vox.activation #vox.learned_swish %{{.*}} parameter %[[B]] {layer = "r"} : tensor<2x3x4xf32>, tensor<3x1xf32>
// GIVEN: %[[A:.*]] = vox.constant dense<1.000000e-01> : tensor<3x1xf32>
// GIVEN: vox.activation #vox.prelu %{{.*}} parameter %[[A]] {layer = "r"} : tensor<2x3x4xf32>, tensor<3x1xf32>

// Each channel gets a slope. Simplifying keeps them, equal as they are, for
// training to set them apart.
// CHECK-LABEL: func.func @Channels(
// CHECK: %[[A:.*]] = vox.constant dense<2.500000e-01> : tensor<3x1xf32>
// CHECK: vox.activation #vox.prelu %{{.*}} parameter %[[A]] {layer = "r"} : tensor<2x3x4xf32>, tensor<3x1xf32>
func.func @Channels(%x: tensor<2x2x4xf32>, %w: tensor<3x2x1xf32>) -> tensor<2x3x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<2x2x4xf32>, tensor<3x2x1xf32>) -> tensor<2x3x4xf32>
  %1 = vox.activation #vox.relu %0 {layer = "r"} : tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// -----

// KEPT-LABEL: func.func @Volumes(
// CHECK-LABEL: func.func @Volumes(
// CHECK: parameter %{{.*}} : tensor<2x3x4x5x6xf32>, tensor<3x1x1x1xf32>
func.func @Volumes(%x: tensor<2x3x4x5x6xf32>, %b: tensor<3xf32>, %y: tensor<6xf32>) -> tensor<2x3x4x5x6xf32> {
  %0 = vox.batch_norm %x scale %b bias %b mean %b variance %b epsilon = 1.0 : tensor<2x3x4x5x6xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  %1 = vox.add %y, %0 : (tensor<6xf32>, tensor<2x3x4x5x6xf32>) -> tensor<2x3x4x5x6xf32>
  %2 = vox.activation #vox.relu %1 : tensor<2x3x4x5x6xf32>
  return %2 : tensor<2x3x4x5x6xf32>
}

// -----

// The neurons of a dense layer are last, behind arithmetic too.
// CHECK-LABEL: func.func @Neurons(
// CHECK: vox.constant dense<2.500000e-01> : tensor<5xf32>
// CHECK: parameter %{{.*}} : tensor<2x3x5xf32>, tensor<5xf32>
func.func @Neurons(%x: tensor<2x3x4xf32>, %w: tensor<5x4xf32>) -> tensor<2x3x5xf32> {
  %two = vox.constant dense<2.0> : tensor<2x3x5xf32>
  %0 = vox.dense %x, %w : (tensor<2x3x4xf32>, tensor<5x4xf32>) -> tensor<2x3x5xf32>
  %1 = vox.mul %two, %0 : (tensor<2x3x5xf32>, tensor<2x3x5xf32>) -> tensor<2x3x5xf32>
  %2 = vox.activation #vox.relu %1 : tensor<2x3x5xf32>
  return %2 : tensor<2x3x5xf32>
}

// -----

// They move with their dimension: [N, L, 5] to [5, N, L] to [N, 5, L].
// CHECK-LABEL: func.func @Transposed(
// CHECK: parameter %{{.*}} : tensor<2x5x3xf32>, tensor<5x1xf32>
func.func @Transposed(%x: tensor<2x3x4xf32>, %w: tensor<5x4xf32>) -> tensor<2x5x3xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3x4xf32>, tensor<5x4xf32>) -> tensor<2x3x5xf32>
  %1 = vox.transpose %0 permutation = [2, 0, 1] : tensor<2x3x5xf32> -> tensor<5x2x3xf32>
  %2 = vox.transpose %1 permutation = [1, 0, 2] : tensor<5x2x3xf32> -> tensor<2x5x3xf32>
  %3 = vox.activation #vox.relu %2 : tensor<2x5x3xf32>
  return %3 : tensor<2x5x3xf32>
}

// -----

// One slope is a Leaky ReLU's; so is a scalar's.
// CHECK-LABEL: func.func @OneUnit(
// CHECK: #vox.leaky_relu<alpha = 2.500000e-01>
// CHECK: #vox.leaky_relu<alpha = 2.500000e-01>
func.func @OneUnit(%x: tensor<2x1xf32>, %y: tensor<f32>) -> (tensor<2x1xf32>, tensor<f32>) {
  %0 = vox.activation #vox.relu %x : tensor<2x1xf32>
  %1 = vox.activation #vox.relu %y : tensor<f32>
  return %0, %1 : tensor<2x1xf32>, tensor<f32>
}

// -----

// More units than are printed inline.
// CHECK-LABEL: func.func @ManyUnits(
// CHECK-DAG: vox.constant dense_resource<many_parameter> : tensor<20xf32>
// CHECK-DAG: vox.constant dense_resource<activation_parameter> : tensor<20xf32>
func.func @ManyUnits(%x: tensor<2x20xf32>) -> (tensor<2x20xf32>, tensor<2x20xf32>) {
  %0 = vox.activation #vox.relu %x {layer = "many"} : tensor<2x20xf32>
  %1 = vox.activation #vox.relu %x : tensor<2x20xf32>
  return %0, %1 : tensor<2x20xf32>, tensor<2x20xf32>
}

// -----

// What was learned is kept where the rule does not say otherwise, and goes with
// its function.
// KEPT-LABEL: func.func @Learned(
// KEPT: #vox.prelu %arg0 parameter %arg1
// RESET-LABEL: func.func @Learned(
// RESET: %[[A:.*]] = vox.constant dense<-1.000000e+00> : tensor<3x1xf32>
// RESET: #vox.prelu %arg0 parameter %[[A]]
// DROPPED-LABEL: func.func @Learned(
// DROPPED-NEXT: vox.activation #vox.gelu %arg0 {layer = "learned"} : tensor<2x3x4xf32>
// DROPPED-NEXT: vox.activation #vox.gelu
func.func @Learned(%x: tensor<2x3x4xf32>, %slope: tensor<3x1xf32>) -> tensor<2x3x4xf32> {
  %0 = vox.activation #vox.prelu %x parameter %slope {layer = "learned"} : tensor<2x3x4xf32>, tensor<3x1xf32>
  %1 = vox.activation #vox.relu %0 : tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}
