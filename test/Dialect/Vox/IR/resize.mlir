// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Linear
func.func @Linear(%x: tensor<1x8x4x4xf32>) -> tensor<1x8x8x6xf32> {
  // CHECK: vox.resize linear %{{.*}} scales = [1.000000e+00, 1.000000e+00, 2.000000e+00, 1.500000e+00] coordinates = half_pixel rounding = round_prefer_floor : tensor<1x8x4x4xf32> -> tensor<1x8x8x6xf32>
  %0 = vox.resize linear %x scales = [1.0, 1.0, 2.0, 1.5] coordinates = half_pixel rounding = round_prefer_floor
      : tensor<1x8x4x4xf32> -> tensor<1x8x8x6xf32>
  return %0 : tensor<1x8x8x6xf32>
}

// Every coordinate mode with every rounding once; labels may be resized too.
// CHECK-LABEL: func.func @Nearest
func.func @Nearest(%x: tensor<3xui8>) -> tensor<1xui8> {
  // CHECK: vox.resize nearest %{{.*}} scales = [3.000000e+00] coordinates = half_pixel rounding = round_prefer_ceil {layer = "up"} : tensor<3xui8> -> tensor<9xui8>
  %0 = vox.resize nearest %x scales = [3.0] coordinates = half_pixel rounding = round_prefer_ceil {layer = "up"}
      : tensor<3xui8> -> tensor<9xui8>
  // CHECK: vox.resize nearest %{{.*}} scales = [5.000000e-01] coordinates = pytorch_half_pixel rounding = floor
  %1 = vox.resize nearest %0 scales = [0.5] coordinates = pytorch_half_pixel rounding = floor : tensor<9xui8> -> tensor<4xui8>
  // CHECK: vox.resize nearest %{{.*}} scales = [6.000000e-01] coordinates = align_corners rounding = ceil
  %2 = vox.resize nearest %1 scales = [0.6] coordinates = align_corners rounding = ceil : tensor<4xui8> -> tensor<2xui8>
  // CHECK: vox.resize nearest %{{.*}} scales = [5.000000e-01] coordinates = asymmetric rounding = round_prefer_floor
  %3 = vox.resize nearest %2 scales = [0.5] coordinates = asymmetric rounding = round_prefer_floor : tensor<2xui8> -> tensor<1xui8>
  return %3 : tensor<1xui8>
}

// A scaled extent may be rounded to the nearest (ONNX: keep_aspect_ratio_policy),
// and float32's 1.4 times 5 is 7 in float32 only.
// CHECK-LABEL: func.func @Rounded
func.func @Rounded(%x: tensor<5x3xf32>) -> tensor<7x2xf32> {
  // CHECK: vox.resize linear %{{.*}} scales = [1.3999999761581421, 5.000000e-01]
  %0 = vox.resize linear %x scales = [1.3999999761581421, 0.5] coordinates = half_pixel rounding = floor
      : tensor<5x3xf32> -> tensor<7x2xf32>
  return %0 : tensor<7x2xf32>
}

// CHECK-LABEL: func.func @Empty
func.func @Empty(%x: tensor<0x3xf32>) -> tensor<0x6xf32> {
  // CHECK: vox.resize linear
  %0 = vox.resize linear %x scales = [2.0, 2.0] coordinates = half_pixel rounding = floor
      : tensor<0x3xf32> -> tensor<0x6xf32>
  return %0 : tensor<0x6xf32>
}

// CHECK-LABEL: func.func @Resample
func.func @Resample(%x: tensor<1x8x4xf32>, %starts: tensor<9xi32>, %weights: tensor<9x4xf32>) -> tensor<1x8x9xf32> {
  // CHECK: vox.resample %{{.*}}, %{{.*}}, %{{.*}} axis = 2 {layer = "up"} : (tensor<1x8x4xf32>, tensor<9xi32>, tensor<9x4xf32>) -> tensor<1x8x9xf32>
  %0 = vox.resample %x, %starts, %weights axis = 2 {layer = "up"}
      : (tensor<1x8x4xf32>, tensor<9xi32>, tensor<9x4xf32>) -> tensor<1x8x9xf32>
  return %0 : tensor<1x8x9xf32>
}
