// Networks, groups, kernels and launches with open extents.

// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK: #[[HALF:.*]] = affine_map<()[s0] -> (s0 floordiv 2)>
// CHECK: vox.kernel @relu (
// CHECK: } open <least = [4], greatest = [8], inputs = [()[s0] -> (s0, 3)]> schedule <algorithm = element_wise, lanes = 16>
vox.kernel @relu(%x: tensor<8x3xf32>) -> tensor<8x3xf32> {
  %0 = vox.activation #vox.relu %x : tensor<8x3xf32>
  vox.yield %0 : tensor<8x3xf32>
} open <least = [4], greatest = [8], inputs = [()[s0] -> (s0, 3)]> schedule <algorithm = element_wise, lanes = 16>

// CHECK: func.func @Network({{.*}} attributes {vox.open = #vox.open<least = [8], greatest = [16], inputs = [()[s0] -> (s0 floordiv 2, 3)]>}
// CHECK: } open <least = [4], greatest = [8], inputs = [()[s0] -> (s0, 3)]> sizes #[[HALF]]
// CHECK: vox.launch @relu(%{{.*}}) sizes #[[HALF]] :
func.func @Network(%x: tensor<8x3xf32>) -> tensor<8x3xf32> attributes {vox.open = #vox.open<least = [8], greatest = [16], inputs = [()[s0] -> (s0 floordiv 2, 3)]>} {
  %0 = vox.group(%a = %x : tensor<8x3xf32>) -> tensor<8x3xf32> {
    %i = vox.activation #vox.relu %a : tensor<8x3xf32>
    vox.yield %i : tensor<8x3xf32>
  } open <least = [4], greatest = [8], inputs = [()[s0] -> (s0, 3)]> sizes affine_map<()[s0] -> (s0 floordiv 2)>
  %1 = vox.launch @relu(%0) sizes affine_map<()[s0] -> (s0 floordiv 2)> : (tensor<8x3xf32>) -> tensor<8x3xf32>
  return %1 : tensor<8x3xf32>
}
