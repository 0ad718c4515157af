// Bounds that a caller promises reach clamps through arithmetic and layers.

// RUN: vox-opt %s '--vox-simplify-by-range=input-ranges=x:-1024:4000,a:b:0:inf' | FileCheck %s
// RUN: vox-opt %s '--vox-simplify-by-range=input-ranges=x:-1024:4000,a:b:0:inf' --remarks-filter='vox-simplify.*' --remark-format=emitRemark 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// A window of Hounsfield units: (x + 1024) / 4096 is not negative, but may
// exceed 1; three taps of what is clipped are at most 3.5, with the bias. The
// input whose name has a colon is not negative.
// REMARK: [Passed] ClipLosesBound | {{.*}}the input lies in [0, 1.22{{[0-9]*}}]
// REMARK: [Passed] ReluOfNonNegative | {{.*}}the input lies in [0, inf)
// REMARK: [Passed] ClipContainsRange | {{.*}}the input lies in [0.499{{[0-9]*}}, 3.5]

// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:.*]]: tensor<1x1x4x4xf32>
// CHECK-SAME: %[[B:.*]]: tensor<4xf32>
// CHECK: vox.div
// CHECK-NEXT: %[[CLIP:.*]] = vox.activation #vox.clip<max = 1.000000e+00>
// CHECK-NEXT: %[[CONV:.*]] = vox.conv %[[CLIP]]
// CHECK-NEXT: %[[Y:.*]] = vox.conv %[[CONV]]
// CHECK-NEXT: return %[[Y]], %[[B]]
func.func @main(%x: tensor<1x1x4x4xf32> {vox.name = "x"}, %b: tensor<4xf32> {vox.name = "a:b"})
    -> (tensor<1x1x4x4xf32>, tensor<4xf32>) {
  %low = vox.constant dense<-1024.0> : tensor<f32>
  %width = vox.constant dense<4096.0> : tensor<f32>
  %w = vox.constant dense<1.0> : tensor<1x1x1x3xf32>
  %bias = vox.constant dense<0.5> : tensor<1xf32>
  %0 = vox.sub %x, %low : (tensor<1x1x4x4xf32>, tensor<f32>) -> tensor<1x1x4x4xf32>
  %1 = vox.div %0, %width : (tensor<1x1x4x4xf32>, tensor<f32>) -> tensor<1x1x4x4xf32>
  %2 = vox.activation #vox.clip<min = 0.0, max = 1.0> %1 : tensor<1x1x4x4xf32>
  %3 = vox.activation #vox.relu %b : tensor<4xf32>
  %4 = vox.conv %2, %w bias %bias strides = [1, 1] dilations = [1, 1] pads = [0, 1, 0, 1] groups = 1
      : (tensor<1x1x4x4xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>) -> tensor<1x1x4x4xf32>
  %5 = vox.activation #vox.clip<min = 0.0, max = 6.0> %4 : tensor<1x1x4x4xf32>
  %6 = vox.conv %5, %w strides = [1, 1] dilations = [1, 1] pads = [0, 1, 0, 1] groups = 1
      : (tensor<1x1x4x4xf32>, tensor<1x1x1x3xf32>) -> tensor<1x1x4x4xf32>
  return %6, %3 : tensor<1x1x4x4xf32>, tensor<4xf32>
}
