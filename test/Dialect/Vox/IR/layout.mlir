// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Pack
func.func @Pack(%x: tensor<1x3x4x5xf32>) -> tensor<1x3x4x5xf32> {
  // CHECK: vox.pack %{{.*}} : tensor<1x3x4x5xf32> -> tensor<1x3x4x5xf32, #vox.layout<block = 16>>
  %0 = vox.pack %x : tensor<1x3x4x5xf32> -> tensor<1x3x4x5xf32, #vox.layout<block = 16>>
  // CHECK: vox.pack %{{.*}} : tensor<1x3x4x5xf32, #vox.layout<block = 16>> -> tensor<1x3x4x5xf32, #vox.layout<block = 2>>
  %1 = vox.pack %0 : tensor<1x3x4x5xf32, #vox.layout<block = 16>> -> tensor<1x3x4x5xf32, #vox.layout<block = 2>>
  // CHECK: vox.unpack %{{.*}} : tensor<1x3x4x5xf32, #vox.layout<block = 2>> -> tensor<1x3x4x5xf32>
  %2 = vox.unpack %1 : tensor<1x3x4x5xf32, #vox.layout<block = 2>> -> tensor<1x3x4x5xf32>
  return %2 : tensor<1x3x4x5xf32>
}

// CHECK-LABEL: func.func @PackWeights
func.func @PackWeights(%conv: tensor<8x4x3x3x3xf32>, %dense: tensor<10x20xf32>) {
  // CHECK: vox.pack_weights %{{.*}} : tensor<8x4x3x3x3xf32> -> tensor<8x4x3x3x3xf32, #vox.weight_layout<input_block = 4, output_block = 8>>
  %0 = vox.pack_weights %conv : tensor<8x4x3x3x3xf32> -> tensor<8x4x3x3x3xf32, #vox.weight_layout<input_block = 4, output_block = 8>>
  // CHECK: vox.pack_weights %{{.*}} : tensor<10x20xf32> -> tensor<10x20xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
  %1 = vox.pack_weights %dense : tensor<10x20xf32> -> tensor<10x20xf32, #vox.weight_layout<input_block = 1, output_block = 16>>
  return
}

// CHECK-LABEL: func.func @OpsOnBlockedTensors
func.func @OpsOnBlockedTensors(%x: tensor<1x3x8xf32, #vox.layout<block = 4>>) -> tensor<1x3x8xf32, #vox.layout<block = 4>> {
  // CHECK: vox.activation #vox.relu %{{.*}} : tensor<1x3x8xf32, #vox.layout<block = 4>>
  %0 = vox.activation #vox.relu %x : tensor<1x3x8xf32, #vox.layout<block = 4>>
  return %0 : tensor<1x3x8xf32, #vox.layout<block = 4>>
}

// The extremes that layouts allow.
// CHECK-LABEL: func.func private @Bounds
// CHECK-SAME: tensor<1x1x1xf32, #vox.layout<block = 2>>
// CHECK-SAME: tensor<1x1x1x1x1xf32, #vox.layout<block = 64>>
// CHECK-SAME: tensor<1x1xf32, #vox.weight_layout<input_block = 1, output_block = 1>>
// CHECK-SAME: tensor<1x1x1x1x1xf32, #vox.weight_layout<input_block = 64, output_block = 64>>
func.func private @Bounds(
    tensor<1x1x1xf32, #vox.layout<block = 2>>,
    tensor<1x1x1x1x1xf32, #vox.layout<block = 64>>,
    tensor<1x1xf32, #vox.weight_layout<input_block = 1, output_block = 1>>,
    tensor<1x1x1x1x1xf32, #vox.weight_layout<input_block = 64, output_block = 64>>)
