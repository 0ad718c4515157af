// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @Gathers
func.func @Gathers(%words: tensor<1000x64xf32>, %ids: tensor<2x7xi64>, %x: tensor<2x5x6x3xi1>,
                   %at: tensor<2x4x2xi32>, %along: tensor<9x64xi32>, %one: tensor<i64>, %scalars: tensor<3xui8>) {
  // CHECK: vox.gather %{{.*}}, %{{.*}} axis = 0 : (tensor<1000x64xf32>, tensor<2x7xi64>) -> tensor<2x7x64xf32>
  %0 = vox.gather %words, %ids axis = 0 : (tensor<1000x64xf32>, tensor<2x7xi64>) -> tensor<2x7x64xf32>
  // CHECK: vox.gather %{{.*}}, %{{.*}} axis = 1 {layer = "pick"} : (tensor<2x5x6x3xi1>, tensor<i64>) -> tensor<2x6x3xi1>
  %1 = vox.gather %x, %one axis = 1 {layer = "pick"} : (tensor<2x5x6x3xi1>, tensor<i64>) -> tensor<2x6x3xi1>
  // CHECK: vox.gather %{{.*}}, %{{.*}} axis = 0 : (tensor<3xui8>, tensor<i64>) -> tensor<ui8>
  %2 = vox.gather %scalars, %one axis = 0 : (tensor<3xui8>, tensor<i64>) -> tensor<ui8>
  // CHECK: vox.gather_elements %{{.*}}, %{{.*}} axis = 0 : (tensor<1000x64xf32>, tensor<9x64xi32>) -> tensor<9x64xf32>
  %3 = vox.gather_elements %words, %along axis = 0 : (tensor<1000x64xf32>, tensor<9x64xi32>) -> tensor<9x64xf32>
  // CHECK: vox.gather_nd %{{.*}}, %{{.*}} batch_dims = 1 : (tensor<2x5x6x3xi1>, tensor<2x4x2xi32>) -> tensor<2x4x3xi1>
  %4 = vox.gather_nd %x, %at batch_dims = 1 : (tensor<2x5x6x3xi1>, tensor<2x4x2xi32>) -> tensor<2x4x3xi1>
  // CHECK: vox.gather_nd %{{.*}}, %{{.*}} batch_dims = 0 {layer = "nd"} : (tensor<2x5x6x3xi1>, tensor<2x4x2xi32>) -> tensor<2x4x6x3xi1>
  %5 = vox.gather_nd %x, %at batch_dims = 0 {layer = "nd"} : (tensor<2x5x6x3xi1>, tensor<2x4x2xi32>) -> tensor<2x4x6x3xi1>
  return
}

// CHECK-LABEL: func.func @Scatters
func.func @Scatters(%x: tensor<5x6xf32>, %bits: tensor<5x6xi1>, %longer: tensor<9x4xi64>,
                    %updates: tensor<9x4xf32>, %bitUpdates: tensor<9x4xi1>, %at: tensor<3x1xi32>,
                    %rows: tensor<3x6xf32>) {
  // CHECK: vox.scatter_elements assign %{{.*}}, %{{.*}}, %{{.*}} axis = 0 : (tensor<5x6xf32>, tensor<9x4xi64>, tensor<9x4xf32>) -> tensor<5x6xf32>
  %0 = vox.scatter_elements assign %x, %longer, %updates axis = 0 : (tensor<5x6xf32>, tensor<9x4xi64>, tensor<9x4xf32>) -> tensor<5x6xf32>
  // CHECK: vox.scatter_elements assign %{{.*}}, %{{.*}}, %{{.*}} axis = 0 {layer = "bits"} : (tensor<5x6xi1>, tensor<9x4xi64>, tensor<9x4xi1>) -> tensor<5x6xi1>
  %1 = vox.scatter_elements assign %bits, %longer, %bitUpdates axis = 0 {layer = "bits"} : (tensor<5x6xi1>, tensor<9x4xi64>, tensor<9x4xi1>) -> tensor<5x6xi1>
  // CHECK: vox.scatter_elements mul
  %2 = vox.scatter_elements mul %x, %longer, %updates axis = 0 : (tensor<5x6xf32>, tensor<9x4xi64>, tensor<9x4xf32>) -> tensor<5x6xf32>
  // CHECK: vox.scatter_nd add %{{.*}}, %{{.*}}, %{{.*}} : (tensor<5x6xf32>, tensor<3x1xi32>, tensor<3x6xf32>) -> tensor<5x6xf32>
  %3 = vox.scatter_nd add %x, %at, %rows : (tensor<5x6xf32>, tensor<3x1xi32>, tensor<3x6xf32>) -> tensor<5x6xf32>
  // CHECK: vox.scatter_nd max
  %4 = vox.scatter_nd max %x, %at, %rows {layer = "max"} : (tensor<5x6xf32>, tensor<3x1xi32>, tensor<3x6xf32>) -> tensor<5x6xf32>
  // CHECK: vox.scatter_nd min
  %5 = vox.scatter_nd min %x, %at, %rows : (tensor<5x6xf32>, tensor<3x1xi32>, tensor<3x6xf32>) -> tensor<5x6xf32>
  return
}

// CHECK-LABEL: func.func @TopK
func.func @TopK(%x: tensor<2x5x3xf32>, %bytes: tensor<7xui8>) {
  // CHECK: vox.topk %{{.*}} axis = 1 : tensor<2x5x3xf32> -> tensor<2x4x3xi64>
  %0 = vox.topk %x axis = 1 : tensor<2x5x3xf32> -> tensor<2x4x3xi64>
  // CHECK: vox.topk %{{.*}} axis = 0 {layer = "least", smallest} : tensor<7xui8> -> tensor<7xi64>
  %1 = vox.topk %bytes axis = 0 {layer = "least", smallest} : tensor<7xui8> -> tensor<7xi64>
  return
}
