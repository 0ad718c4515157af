// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Statistics
func.func @Statistics(%x: tensor<2x3x4xf32>) -> (tensor<3x7xf32>, tensor<4x9xf32>) {
  // CHECK: vox.activation_statistics %{{.*}} axis = 1 low = 0xFFF0000000000000 high = 0x7FF0000000000000 samples = 0 {layer = "relu1"} : tensor<2x3x4xf32> -> tensor<3x7xf32>
  %0 = vox.activation_statistics %x axis = 1 low = 0xFFF0000000000000 high = 0x7FF0000000000000
      samples = 0 {layer = "relu1"} : tensor<2x3x4xf32> -> tensor<3x7xf32>
  // CHECK: vox.activation_statistics %{{.*}} axis = 2 low = 2.500000e-01 high = 7.500000e-01 samples = 2 : tensor<2x3x4xf32> -> tensor<4x9xf32>
  %1 = vox.activation_statistics %x axis = 2 low = 0.25 high = 0.75 samples = 2
      : tensor<2x3x4xf32> -> tensor<4x9xf32>
  return %0, %1 : tensor<3x7xf32>, tensor<4x9xf32>
}

// Kernels read blocks where these are of units.
#c4 = #vox.layout<block = 4>
// CHECK-LABEL: vox.kernel @Blocked
vox.kernel @Blocked(%x: tensor<1x6x5xf32, #c4>) -> tensor<6x7xf32> {
  %0 = vox.activation_statistics %x axis = 1 low = 0.0 high = 1.0 samples = 0
      : tensor<1x6x5xf32, #c4> -> tensor<6x7xf32>
  vox.yield %0 : tensor<6x7xf32>
} schedule <algorithm = reduction, lanes = 4, parallel = channels>
