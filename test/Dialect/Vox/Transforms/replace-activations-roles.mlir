// RUN: vox-opt %s --split-input-file --vox-replace-activations='policy={*[role=hidden]=selu,*[role=gate]=softsign,*[role=output]=mish}' | FileCheck %s

// What an activation is for: hidden ones become selu, gates softsign, outputs
// mish.

// Squeeze and excitation: the sigmoid scales what relu computes. Being
// multiplied does not make the relu a gate.
// CHECK-LABEL: func.func @SqueezeAndExcitation(
// CHECK: #vox.selu %{{.*}} {layer = "trunk"}
// CHECK: #vox.selu %{{.*}} {layer = "squeezed"}
// CHECK: #vox.softsign %{{.*}} {layer = "excitation"}
// CHECK: #vox.mish %{{.*}} {layer = "output"}
func.func @SqueezeAndExcitation(%x: tensor<1x2x4xf32>, %w: tensor<2x2x1xf32>, %v: tensor<2x2xf32>) -> tensor<1x2x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x2x4xf32>, tensor<2x2x1xf32>) -> tensor<1x2x4xf32>
  %trunk = vox.activation #vox.relu %0 {layer = "trunk"} : tensor<1x2x4xf32>
  %1 = vox.global_pool average %trunk : tensor<1x2x4xf32> -> tensor<1x2x1xf32>
  %2 = vox.flatten %1 axis = 1 : tensor<1x2x1xf32> -> tensor<1x2xf32>
  %3 = vox.dense %2, %v : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %squeezed = vox.activation #vox.relu %3 {layer = "squeezed"} : tensor<1x2xf32>
  %4 = vox.dense %squeezed, %v : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %excitation = vox.activation #vox.sigmoid %4 {layer = "excitation"} : tensor<1x2xf32>
  %5 = vox.reshape %excitation : tensor<1x2xf32> -> tensor<1x2x1xf32>
  %6 = vox.mul %trunk, %5 : (tensor<1x2x4xf32>, tensor<1x2x1xf32>) -> tensor<1x2x4xf32>
  %7 = vox.conv %6, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x2x4xf32>, tensor<2x2x1xf32>) -> tensor<1x2x4xf32>
  %output = vox.activation #vox.tanh %7 {layer = "output"} : tensor<1x2x4xf32>
  return %output : tensor<1x2x4xf32>
}

// -----

// Gated linear units with any function, here gelu. The gate of the last layer
// is a gate, though the network's output is next to it.
// CHECK-LABEL: func.func @GatedLinearUnit(
// CHECK: #vox.softsign %{{.*}} {layer = "gelu"}
// CHECK: #vox.selu %{{.*}} {layer = "relu"}
// CHECK: #vox.softsign %{{.*}} {layer = "sigmoid"}
// CHECK: #vox.mish %{{.*}} {layer = "second output"}
func.func @GatedLinearUnit(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %v: tensor<2x2xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  %0 = vox.dense %x, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %1 = vox.dense %x, %v : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %gelu = vox.activation #vox.gelu %0 {layer = "gelu"} : tensor<3x2xf32>
  %2 = vox.mul %1, %gelu : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %3 = vox.dense %2, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %relu = vox.activation #vox.relu %3 {layer = "relu"} : tensor<3x2xf32>
  %4 = vox.dense %relu, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %5 = vox.dense %relu, %v : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %sigmoid = vox.activation #vox.sigmoid %4 {layer = "sigmoid"} : tensor<3x2xf32>
  %6 = vox.mul %5, %sigmoid : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %second = vox.activation #vox.tanh %5 {layer = "second output"} : tensor<3x2xf32>
  return %6, %second : tensor<3x2xf32>, tensor<3x2xf32>
}

// -----

// WaveNet: tanh(a) sigmoid(b). A factor of constants is no gate's work, and one
// behind the gate hides nothing.
// CHECK-LABEL: func.func @GatedTanh(
// CHECK: #vox.selu %{{.*}} {layer = "tanh"}
// CHECK: #vox.softsign %{{.*}} {layer = "sigmoid"}
// CHECK: #vox.selu %{{.*}} {layer = "scaled"}
// CHECK: #vox.mish %{{.*}} {layer = "scaled output"}
func.func @GatedTanh(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %v: tensor<2x2xf32>) -> tensor<3x2xf32> {
  %two = vox.constant dense<2.0> : tensor<f32>
  %0 = vox.dense %x, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %1 = vox.dense %x, %v : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %tanh = vox.activation #vox.tanh %0 {layer = "tanh"} : tensor<3x2xf32>
  %sigmoid = vox.activation #vox.sigmoid %1 {layer = "sigmoid"} : tensor<3x2xf32>
  %2 = vox.mul %two, %sigmoid : (tensor<f32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %3 = vox.mul %tanh, %2 : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %4 = vox.dense %3, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %scaled = vox.activation #vox.sigmoid %4 {layer = "scaled"} : tensor<3x2xf32>
  %5 = vox.mul %scaled, %two : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x2xf32>
  %6 = vox.dense %5, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %output = vox.activation #vox.sigmoid %6 {layer = "scaled output"} : tensor<3x2xf32>
  %7 = vox.mul %output, %two : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x2xf32>
  return %7 : tensor<3x2xf32>
}

// -----

// x sigmoid(3 x), which nobody has recognised as swish, and y y.
// CHECK-LABEL: func.func @SelfGated(
// CHECK: #vox.selu %{{.*}} {layer = "of itself"}
// CHECK: #vox.selu %{{.*}} {layer = "squared"}
// CHECK: #vox.softsign %{{.*}} {layer = "gate"}
// CHECK: #vox.mish %{{.*}} {layer = "output"}
func.func @SelfGated(%x: tensor<3x2xf32>, %w: tensor<2x2xf32>, %y: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %three = vox.constant dense<3.0> : tensor<f32>
  %0 = vox.dense %x, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %1 = vox.mul %0, %three : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x2xf32>
  %2 = vox.activation #vox.sigmoid %1 {layer = "of itself"} : tensor<3x2xf32>
  %3 = vox.mul %0, %2 : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %4 = vox.dense %3, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %squared = vox.activation #vox.sigmoid %4 {layer = "squared"} : tensor<3x2xf32>
  %5 = vox.mul %squared, %squared : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %6 = vox.dense %5, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  // An input of the network is a value like others.
  %gate = vox.activation #vox.hard_sigmoid %6 {layer = "gate"} : tensor<3x2xf32>
  %7 = vox.mul %gate, %y : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %8 = vox.dense %7, %w : (tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<3x2xf32>
  %output = vox.activation #vox.relu %8 {layer = "output"} : tensor<3x2xf32>
  return %output : tensor<3x2xf32>
}

// -----

// A residual block without an activation at its end: both ways lead to the
// output. Before a softmax there is none.
// CHECK-LABEL: func.func @Outputs(
// CHECK: #vox.selu %{{.*}} {layer = "before softmax"}
// CHECK: #vox.selu %{{.*}} {layer = "hidden"}
// CHECK: #vox.mish %{{.*}} {layer = "added"}
// CHECK: #vox.mish %{{.*}} {layer = "pooled"}
// CHECK: #vox.softsign %{{.*}} {layer = "mask"}
func.func @Outputs(%x: tensor<1x2x4xf32>, %w: tensor<2x2x1xf32>, %m: tensor<1x2x4xf32>) -> (tensor<1x2x4xf32>, tensor<1x2x1xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>) {
  %0 = vox.activation #vox.relu %x {layer = "before softmax"} : tensor<1x2x4xf32>
  %softmax = vox.softmax %0 axis = 1 : tensor<1x2x4xf32>
  %hidden = vox.activation #vox.relu %x {layer = "hidden"} : tensor<1x2x4xf32>
  %1 = vox.conv %hidden, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1 : (tensor<1x2x4xf32>, tensor<2x2x1xf32>) -> tensor<1x2x4xf32>
  %added = vox.activation #vox.relu %1 {layer = "added"} : tensor<1x2x4xf32>
  %2 = vox.add %added, %x : (tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %pooled = vox.activation #vox.relu %1 {layer = "pooled"} : tensor<1x2x4xf32>
  %3 = vox.global_pool average %pooled : tensor<1x2x4xf32> -> tensor<1x2x1xf32>
  %mask = vox.activation #vox.sigmoid %m {layer = "mask"} : tensor<1x2x4xf32>
  %4 = vox.mul %x, %mask : (tensor<1x2x4xf32>, tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  return %2, %3, %softmax, %4 : tensor<1x2x4xf32>, tensor<1x2x1xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>
}
