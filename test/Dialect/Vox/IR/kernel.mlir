// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: vox.kernel @add_relu (%{{.*}}: tensor<8xf32>, %{{.*}}: tensor<8xf32>) -> tensor<8xf32> {
// CHECK-NEXT: vox.add
// CHECK-NEXT: vox.activation #vox.relu
// CHECK-NEXT: vox.yield %{{.*}} : tensor<8xf32>
// CHECK-NEXT: } schedule <algorithm = element_wise, lanes = 8>
vox.kernel @add_relu(%a: tensor<8xf32>, %b: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.add %a, %b : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %1 = vox.activation #vox.relu %0 : tensor<8xf32>
  vox.yield %1 : tensor<8xf32>
} schedule <algorithm = element_wise, lanes = 8>

// CHECK-LABEL: func.func @Launches
// CHECK: vox.launch @add_relu(%{{.*}}, %{{.*}}) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
// CHECK: vox.launch @add_relu(%{{.*}}, %{{.*}}) {layer = "a+b", offset = 64 : i64}
// CHECK: vox.launch @add_relu(%{{.*}}, %{{.*}}) {output = 0 : i64}
func.func @Launches(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.launch @add_relu(%x, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %1 = vox.launch @add_relu(%0, %x) {layer = "a+b", offset = 64 : i64} : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  %2 = vox.launch @add_relu(%0, %1) {output = 0 : i64} : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return %2 : tensor<8xf32>
}

// CHECK-LABEL: func.func @Groups
// CHECK: vox.group (%{{.*}} = %{{.*}} : tensor<8xf32>) -> tensor<8xf32> {
// CHECK-NEXT: vox.activation #vox.relu
// CHECK-NEXT: vox.yield
// CHECK-NEXT: }{{$}}
// CHECK: vox.group (%{{.*}} = %{{.*}} : tensor<8xf32>, %{{.*}} = %{{.*}} : tensor<8xf32>) -> tensor<8xf32> {
// CHECK: } schedule <algorithm = plain>
func.func @Groups(%x: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %2 = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %2 : tensor<8xf32>
  }
  %1 = vox.group(%a = %x : tensor<8xf32>, %b = %0 : tensor<8xf32>) -> tensor<8xf32> {
    %2 = vox.add %a, %b : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
    vox.yield %2 : tensor<8xf32>
  } schedule <algorithm = plain>
  return %1 : tensor<8xf32>
}

// CHECK-LABEL: func.func @Joins
// CHECK: vox.join %{{.*}}, %{{.*}} axis = 1 : (tensor<1x3x4xf32>, tensor<1x2x4xf32>) -> tensor<1x5x4xf32>
// CHECK: vox.join %{{.*}}, %{{.*}} axis = 1 {offset = 128 : i64} : (tensor<1x8x4xf32, #vox.layout<block = 8>>, tensor<1x16x4xf32, #vox.layout<block = 8>>) -> tensor<1x24x4xf32, #vox.layout<block = 8>>
// CHECK: vox.join %{{.*}}, %{{.*}} axis = 0 : (tensor<2xi64>, tensor<3xi64>) -> tensor<5xi64>
// CHECK: vox.join %{{.*}}, %{{.*}} axis = 2 : (tensor<1x1x4xf32, #vox.layout<block = 8>>, tensor<1x1x2xf32, #vox.layout<block = 8>>) -> tensor<1x1x6xf32, #vox.layout<block = 8>>
func.func @Joins(%a: tensor<1x3x4xf32>, %b: tensor<1x2x4xf32>,
    %c: tensor<1x8x4xf32, #vox.layout<block = 8>>, %d: tensor<1x16x4xf32, #vox.layout<block = 8>>,
    %e: tensor<2xi64>, %f: tensor<3xi64>,
    %g: tensor<1x1x4xf32, #vox.layout<block = 8>>, %h: tensor<1x1x2xf32, #vox.layout<block = 8>>) {
  %0 = vox.join %a, %b axis = 1 : (tensor<1x3x4xf32>, tensor<1x2x4xf32>) -> tensor<1x5x4xf32>
  %1 = vox.join %c, %d axis = 1 {offset = 128 : i64} : (tensor<1x8x4xf32, #vox.layout<block = 8>>, tensor<1x16x4xf32, #vox.layout<block = 8>>) -> tensor<1x24x4xf32, #vox.layout<block = 8>>
  %2 = vox.join %e, %f axis = 0 : (tensor<2xi64>, tensor<3xi64>) -> tensor<5xi64>
  %3 = vox.join %g, %h axis = 2 : (tensor<1x1x4xf32, #vox.layout<block = 8>>, tensor<1x1x2xf32, #vox.layout<block = 8>>) -> tensor<1x1x6xf32, #vox.layout<block = 8>>
  return
}

// CHECK-LABEL: func.func @PackedIntegers
func.func @PackedIntegers(%x: tensor<1x3x4xui8>) -> tensor<1x3x4xui8> {
  // CHECK: vox.pack %{{.*}} : tensor<1x3x4xui8> -> tensor<1x3x4xui8, #vox.layout<block = 8>>
  %0 = vox.pack %x : tensor<1x3x4xui8> -> tensor<1x3x4xui8, #vox.layout<block = 8>>
  // CHECK: vox.unpack %{{.*}} : tensor<1x3x4xui8, #vox.layout<block = 8>> -> tensor<1x3x4xui8>
  %1 = vox.unpack %0 : tensor<1x3x4xui8, #vox.layout<block = 8>> -> tensor<1x3x4xui8>
  return %1 : tensor<1x3x4xui8>
}
