// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @EveryFunction
func.func @EveryFunction(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: vox.activation #vox.identity %{{.*}} : tensor<4xf32>
  %0 = vox.activation #vox.identity %x : tensor<4xf32>
  // CHECK: vox.activation #vox.relu %{{.*}} {layer = "act"} : tensor<4xf32>
  %1 = vox.activation #vox.relu %0 {layer = "act"} : tensor<4xf32>
  // CHECK: vox.activation #vox.leaky_relu<alpha = 2.000000e-01>
  %2 = vox.activation #vox.leaky_relu<alpha = 2.000000e-01> %1 : tensor<4xf32>
  // CHECK: vox.activation #vox.sigmoid
  %3 = vox.activation #vox.sigmoid %2 : tensor<4xf32>
  // CHECK: vox.activation #vox.tanh
  %4 = vox.activation #vox.tanh %3 : tensor<4xf32>
  // CHECK: vox.activation #vox.clip<min = 0.000000e+00, max = 6.000000e+00>
  %5 = vox.activation #vox.clip<min = 0.000000e+00, max = 6.000000e+00> %4 : tensor<4xf32>
  // CHECK: vox.activation #vox.thresholded_relu<alpha = 2.000000e+00>
  %6 = vox.activation #vox.thresholded_relu<alpha = 2.0> %5 : tensor<4xf32>
  // CHECK: vox.activation #vox.hard_sigmoid<alpha = 2.500000e-01, beta = 7.500000e-01>
  %7 = vox.activation #vox.hard_sigmoid<alpha = 0.25, beta = 0.75> %6 : tensor<4xf32>
  // CHECK: vox.activation #vox.hard_swish %
  %8 = vox.activation #vox.hard_swish %7 : tensor<4xf32>
  // CHECK: vox.activation #vox.elu<alpha = 5.000000e-01>
  %9 = vox.activation #vox.elu<alpha = 0.5> %8 : tensor<4xf32>
  // CHECK: vox.activation #vox.celu<alpha = 2.000000e+00>
  %10 = vox.activation #vox.celu<alpha = 2.0> %9 : tensor<4xf32>
  // CHECK: vox.activation #vox.selu<alpha = 1.500000e+00, gamma = 1.250000e+00>
  %11 = vox.activation #vox.selu<alpha = 1.5, gamma = 1.25> %10 : tensor<4xf32>
  // CHECK: vox.activation #vox.softplus %
  %12 = vox.activation #vox.softplus %11 : tensor<4xf32>
  // CHECK: vox.activation #vox.softsign %
  %13 = vox.activation #vox.softsign %12 : tensor<4xf32>
  // CHECK: vox.activation #vox.swish<beta = 2.000000e+00>
  %14 = vox.activation #vox.swish<beta = 2.0> %13 : tensor<4xf32>
  // CHECK: vox.activation #vox.learned_swish %{{.*}} parameter %{{.*}} : tensor<4xf32>, tensor<4xf32>
  %15 = vox.activation #vox.learned_swish %14 parameter %x : tensor<4xf32>, tensor<4xf32>
  // CHECK: vox.activation #vox.mish %
  %16 = vox.activation #vox.mish %15 : tensor<4xf32>
  // CHECK: vox.activation #vox.gelu %
  %17 = vox.activation #vox.gelu %16 : tensor<4xf32>
  // CHECK: vox.activation #vox.gelu_tanh %
  %18 = vox.activation #vox.gelu_tanh %17 : tensor<4xf32>
  return %18 : tensor<4xf32>
}

// A parameter at its default is not printed; one bound may be absent.
// CHECK-LABEL: func.func @Defaults
func.func @Defaults(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: vox.activation #vox.leaky_relu %{{.*}} : tensor<4xf32>
  %0 = vox.activation #vox.leaky_relu<alpha = 0.01> %x : tensor<4xf32>
  // CHECK: vox.activation #vox.clip<max = 1.000000e+00>
  %1 = vox.activation #vox.clip<max = 1.0> %0 : tensor<4xf32>
  // CHECK: vox.activation #vox.clip<min = -1.000000e+00>
  %2 = vox.activation #vox.clip<min = -1.0> %1 : tensor<4xf32>
  // CHECK: vox.activation #vox.clip %{{.*}} : tensor<4xf32>
  %3 = vox.activation #vox.clip<min = 0xFFF0000000000000, max = 0x7FF0000000000000> %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// Parameters keep every bit: a decimal that is not exact, the sign of zero,
// inverted bounds (ONNX: the result is max).
// CHECK-LABEL: func.func @ExactParameters
func.func @ExactParameters(%x: tensor<f32>) -> tensor<f32> {
  // CHECK: vox.activation #vox.leaky_relu<alpha = 0.10000000149011612> %{{.*}} : tensor<f32>
  %0 = vox.activation #vox.leaky_relu<alpha = 0.10000000149011612> %x : tensor<f32>
  // CHECK: vox.activation #vox.leaky_relu<alpha = -0.000000e+00>
  %1 = vox.activation #vox.leaky_relu<alpha = -0.0> %0 : tensor<f32>
  // CHECK: vox.activation #vox.clip<min = 2.000000e+00, max = 1.000000e+00>
  %2 = vox.activation #vox.clip<min = 2.0, max = 1.0> %1 : tensor<f32>
  return %2 : tensor<f32>
}

// A learned parameter may be anything that broadcasts to the input.
// CHECK-LABEL: func.func @Parameter
func.func @Parameter(%x: tensor<1x3x4xf32>, %one: tensor<f32>, %channel: tensor<3x1xf32>) -> tensor<1x3x4xf32> {
  // CHECK: vox.activation #vox.prelu %{{.*}} parameter %{{.*}} : tensor<1x3x4xf32>, tensor<f32>
  %0 = vox.activation #vox.prelu %x parameter %one : tensor<1x3x4xf32>, tensor<f32>
  // CHECK: vox.activation #vox.prelu %{{.*}} parameter %{{.*}} {layer = "slopes"} : tensor<1x3x4xf32>, tensor<3x1xf32>
  %1 = vox.activation #vox.prelu %0 parameter %channel {layer = "slopes"} : tensor<1x3x4xf32>, tensor<3x1xf32>
  // CHECK: vox.activation #vox.prelu %{{.*}} parameter %{{.*}} : tensor<1x3x4xf32>, tensor<1x3x4xf32>
  %2 = vox.activation #vox.prelu %1 parameter %x : tensor<1x3x4xf32>, tensor<1x3x4xf32>
  return %2 : tensor<1x3x4xf32>
}

// CHECK-LABEL: func.func @Softmax
func.func @Softmax(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  // CHECK: vox.softmax %{{.*}} axis = 0 : tensor<2x3x4xf32>
  %0 = vox.softmax %x axis = 0 : tensor<2x3x4xf32>
  // CHECK: vox.softmax %{{.*}} axis = 2 {layer = "probabilities"} : tensor<2x3x4xf32>
  %1 = vox.softmax %0 axis = 2 {layer = "probabilities"} : tensor<2x3x4xf32>
  // CHECK: vox.log_softmax %{{.*}} axis = 1 {layer = "scores"} : tensor<2x3x4xf32>
  %2 = vox.log_softmax %1 axis = 1 {layer = "scores"} : tensor<2x3x4xf32>
  return %2 : tensor<2x3x4xf32>
}
