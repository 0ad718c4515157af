// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Constants
func.func @Constants() -> tensor<2x3xf32> {
  // CHECK: vox.constant dense<{{\[\[}}1.000000e+00, -0.000000e+00, 0x7FC00000], [0x7F800000, 1.401300e-45, 6.000000e+00]]> : tensor<2x3xf32>
  %0 = vox.constant dense<[[1.0, -0.0, 0x7FC00000], [0x7F800000, 1.0e-45, 6.0]]> : tensor<2x3xf32>
  // CHECK: vox.constant dense<2.500000e-01> : tensor<4xf32>
  %1 = vox.constant dense<2.5e-01> : tensor<4xf32>
  // CHECK: vox.constant dense_resource<weights> : tensor<2xf32>
  %2 = vox.constant dense_resource<weights> : tensor<2xf32>
  // CHECK: vox.constant dense<> : tensor<0x3xf32>
  %3 = vox.constant dense<> : tensor<0x3xf32>
  // CHECK: vox.constant dense<[0, 255]> : tensor<2xui8>
  %4 = vox.constant dense<[0, 255]> : tensor<2xui8>
  // CHECK: vox.constant dense<-128> : tensor<2xi8>
  %5 = vox.constant dense<-128> : tensor<2xi8>
  // CHECK: vox.constant dense<65535> : tensor<ui16>
  %6 = vox.constant dense<65535> : tensor<ui16>
  // CHECK: vox.constant dense<-32768> : tensor<i16>
  %7 = vox.constant dense<-32768> : tensor<i16>
  // CHECK: vox.constant dense<-2147483648> : tensor<i32>
  %8 = vox.constant dense<-2147483648> : tensor<i32>
  // CHECK: vox.constant dense<9223372036854775807> : tensor<i64>
  %9 = vox.constant dense<9223372036854775807> : tensor<i64>
  // CHECK: vox.constant dense<[true, false, true]> : tensor<3xi1>
  %10 = vox.constant dense<[true, false, true]> : tensor<3xi1>
  // CHECK: vox.constant dense_resource<booleans> : tensor<3xi1>
  %11 = vox.constant dense_resource<booleans> : tensor<3xi1>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @Concat
func.func @Concat(%x: tensor<2x3xf32>, %y: tensor<2x1xf32>) -> tensor<2x7xf32> {
  // CHECK: vox.concat %{{.*}}, %{{.*}}, %{{.*}} axis = 1 : (tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x7xf32>
  %0 = vox.concat %x, %y, %x axis = 1 : (tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x7xf32>
  return %0 : tensor<2x7xf32>
}

// CHECK-LABEL: func.func @Pad
func.func @Pad(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  // CHECK: vox.pad %{{.*}} pads = [1, 2, -1, 1] value = -1.000000e+00 : tensor<2x3xf32> -> tensor<2x6xf32>
  %0 = vox.pad %x pads = [1, 2, -1, 1] value = -1.0 : tensor<2x3xf32> -> tensor<2x6xf32>
  // CHECK: vox.pad %{{.*}} pads = [0, 0, 0, 0] value = 0xFF800000 : tensor<2x6xf32> -> tensor<2x6xf32>
  %1 = vox.pad %0 pads = [0, 0, 0, 0] value = 0xFF800000 : tensor<2x6xf32> -> tensor<2x6xf32>
  return %1 : tensor<2x6xf32>
}

// CHECK-LABEL: func.func @PadModes
func.func @PadModes(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  // The default is not printed.
  // CHECK: vox.pad %{{.*}} pads = [0, 1, 0, 1] value = 0.000000e+00 : tensor<2x3xf32> -> tensor<2x5xf32>
  %0 = vox.pad %x mode = constant pads = [0, 1, 0, 1] value = 0.0 : tensor<2x3xf32> -> tensor<2x5xf32>
  // CHECK: vox.pad %{{.*}} mode = edge pads = [0, 1, 0, 2] value = 0.000000e+00 : tensor<2x3xf32> -> tensor<2x6xf32>
  %1 = vox.pad %x mode = edge pads = [0, 1, 0, 2] value = 0.0 : tensor<2x3xf32> -> tensor<2x6xf32>
  // CHECK: vox.pad %{{.*}} mode = reflect pads = [0, 3, 0, -3] value = 0.000000e+00 : tensor<2x6xf32> -> tensor<2x6xf32>
  %2 = vox.pad %1 mode = reflect pads = [0, 3, 0, -3] value = 0.0 : tensor<2x6xf32> -> tensor<2x6xf32>
  // CHECK: vox.pad %{{.*}} mode = wrap pads = [9, 0, 1, 0] value = 0.000000e+00 : tensor<2x6xf32> -> tensor<12x6xf32>
  %3 = vox.pad %2 mode = wrap pads = [9, 0, 1, 0] value = 0.0 : tensor<2x6xf32> -> tensor<12x6xf32>
  return %2 : tensor<2x6xf32>
}

// CHECK-LABEL: func.func @Tile
func.func @Tile(%x: tensor<1x3xf32>, %b: tensor<2xi1>, %s: tensor<f32>) -> tensor<4x6xf32> {
  // CHECK: vox.tile %{{.*}} : tensor<1x3xf32> -> tensor<4x6xf32>
  %0 = vox.tile %x : tensor<1x3xf32> -> tensor<4x6xf32>
  // CHECK: vox.tile %{{.*}} : tensor<2xi1> -> tensor<0xi1>
  %1 = vox.tile %b : tensor<2xi1> -> tensor<0xi1>
  // CHECK: vox.tile %{{.*}} : tensor<f32> -> tensor<f32>
  %2 = vox.tile %s : tensor<f32> -> tensor<f32>
  return %0 : tensor<4x6xf32>
}

// CHECK-LABEL: func.func @Slice
func.func @Slice(%x: tensor<3x5xf32>, %s: tensor<f32>) -> tensor<3x3xf32> {
  // CHECK: vox.slice %{{.*}} starts = [0, 4] steps = [1, -2] : tensor<3x5xf32> -> tensor<3x3xf32>
  %0 = vox.slice %x starts = [0, 4] steps = [1, -2] : tensor<3x5xf32> -> tensor<3x3xf32>
  // One element may be read in any step, even one that leads outside.
  // CHECK: vox.slice %{{.*}} starts = [2, 0] steps = [9223372036854775807, -9223372036854775808] : tensor<3x5xf32> -> tensor<1x1xf32>
  %1 = vox.slice %x starts = [2, 0] steps = [9223372036854775807, -9223372036854775808] : tensor<3x5xf32> -> tensor<1x1xf32>
  // CHECK: vox.slice %{{.*}} starts = [] steps = [] : tensor<f32> -> tensor<f32>
  %2 = vox.slice %s starts = [] steps = [] : tensor<f32> -> tensor<f32>
  return %0 : tensor<3x3xf32>
}

// What only moves elements moves any.
// CHECK-LABEL: func.func @Integers
func.func @Integers(%x: tensor<2x3xi64>, %b: tensor<2x3xi1>) {
  // CHECK: vox.concat %{{.*}}, %{{.*}} axis = 0 : (tensor<2x3xi64>, tensor<2x3xi64>) -> tensor<4x3xi64>
  %0 = vox.concat %x, %x axis = 0 : (tensor<2x3xi64>, tensor<2x3xi64>) -> tensor<4x3xi64>
  // CHECK: vox.pad %{{.*}} pads = [0, 1, 0, 0] value = -1.000000e+00 : tensor<2x3xi64> -> tensor<2x4xi64>
  %1 = vox.pad %x pads = [0, 1, 0, 0] value = -1.0 : tensor<2x3xi64> -> tensor<2x4xi64>
  // CHECK: vox.pad %{{.*}} pads = [0, 1, 0, 0] value = 1.000000e+00 : tensor<2x3xi1> -> tensor<2x4xi1>
  %2 = vox.pad %b pads = [0, 1, 0, 0] value = 1.0 : tensor<2x3xi1> -> tensor<2x4xi1>
  // CHECK: vox.slice {{.*}} : tensor<2x3xi1> -> tensor<2x1xi1>
  %3 = vox.slice %b starts = [0, 0] steps = [1, 1] : tensor<2x3xi1> -> tensor<2x1xi1>
  // CHECK: vox.reshape {{.*}} : tensor<2x3xi64> -> tensor<6xi64>
  %4 = vox.reshape %x : tensor<2x3xi64> -> tensor<6xi64>
  // CHECK: vox.flatten {{.*}} : tensor<2x3xi64> -> tensor<1x6xi64>
  %5 = vox.flatten %x axis = 0 : tensor<2x3xi64> -> tensor<1x6xi64>
  // CHECK: vox.transpose {{.*}} : tensor<2x3xi1> -> tensor<3x2xi1>
  %6 = vox.transpose %b permutation = [1, 0] : tensor<2x3xi1> -> tensor<3x2xi1>
  return
}

// CHECK-LABEL: func.func @Reshape
func.func @Reshape(%x: tensor<1x1xf32>, %y: tensor<0x4xf32>) -> tensor<f32> {
  // CHECK: vox.reshape %{{.*}} : tensor<1x1xf32> -> tensor<f32>
  %0 = vox.reshape %x : tensor<1x1xf32> -> tensor<f32>
  // CHECK: vox.reshape %{{.*}} : tensor<0x4xf32> -> tensor<3x0xf32>
  %1 = vox.reshape %y : tensor<0x4xf32> -> tensor<3x0xf32>
  return %0 : tensor<f32>
}

// CHECK-LABEL: func.func @Flatten
func.func @Flatten(%x: tensor<2x3x4xf32>) -> (tensor<1x24xf32>, tensor<6x4xf32>, tensor<24x1xf32>) {
  // CHECK: vox.flatten %{{.*}} axis = 0 : tensor<2x3x4xf32> -> tensor<1x24xf32>
  %0 = vox.flatten %x axis = 0 : tensor<2x3x4xf32> -> tensor<1x24xf32>
  // CHECK: vox.flatten %{{.*}} axis = 2 : tensor<2x3x4xf32> -> tensor<6x4xf32>
  %1 = vox.flatten %x axis = 2 : tensor<2x3x4xf32> -> tensor<6x4xf32>
  // CHECK: vox.flatten %{{.*}} axis = 3 : tensor<2x3x4xf32> -> tensor<24x1xf32>
  %2 = vox.flatten %x axis = 3 : tensor<2x3x4xf32> -> tensor<24x1xf32>
  return %0, %1, %2 : tensor<1x24xf32>, tensor<6x4xf32>, tensor<24x1xf32>
}

// CHECK-LABEL: func.func @Transpose
func.func @Transpose(%x: tensor<2x3x4xf32>, %s: tensor<f32>) -> tensor<4x2x3xf32> {
  // CHECK: vox.transpose %{{.*}} permutation = [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  %0 = vox.transpose %x permutation = [2, 0, 1] : tensor<2x3x4xf32> -> tensor<4x2x3xf32>
  // CHECK: vox.transpose %{{.*}} permutation = [] : tensor<f32> -> tensor<f32>
  %1 = vox.transpose %s permutation = [] : tensor<f32> -> tensor<f32>
  return %0 : tensor<4x2x3xf32>
}

{-#
  dialect_resources: {
    builtin: {
      booleans: "0x40000000010001",
      weights: "0x400000000000803F00000040"
    }
  }
#-}
// CHECK-DAG: booleans: "0x{{[0-9A-F]*}}010001"
// CHECK-DAG: weights: "0x{{[0-9A-F]*}}0000803F00000040"
