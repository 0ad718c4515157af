// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// CHECK-LABEL: func.func @SameShape
func.func @SameShape(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: vox.add %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %0 = vox.add %x, %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: vox.sub
  %1 = vox.sub %0, %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: vox.mul
  %2 = vox.mul %1, %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  // CHECK: vox.div
  %3 = vox.div %2, %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %3 : tensor<2x3xf32>
}

// Either side, or both, may be repeated; so may a missing dimension.
// CHECK-LABEL: func.func @Broadcast
func.func @Broadcast(%x: tensor<2x1x4xf32>, %y: tensor<3x1xf32>, %s: tensor<f32>, %e: tensor<0xf32>, %one: tensor<1xf32>) {
  // CHECK: vox.add %{{.*}}, %{{.*}} : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  %0 = vox.add %x, %y : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  // CHECK: vox.mul %{{.*}}, %{{.*}} : (tensor<f32>, tensor<2x1x4xf32>) -> tensor<2x1x4xf32>
  %1 = vox.mul %s, %x : (tensor<f32>, tensor<2x1x4xf32>) -> tensor<2x1x4xf32>
  // CHECK: vox.sub %{{.*}}, %{{.*}} : (tensor<0xf32>, tensor<1xf32>) -> tensor<0xf32>
  %2 = vox.sub %e, %one : (tensor<0xf32>, tensor<1xf32>) -> tensor<0xf32>
  // CHECK: vox.div %{{.*}}, %{{.*}} : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %3 = vox.div %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// CHECK-LABEL: func.func @CastToEveryType
func.func @CastToEveryType(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: vox.cast %{{.*}} : tensor<2x3xf32> -> tensor<2x3xui8>
  %0 = vox.cast %x : tensor<2x3xf32> -> tensor<2x3xui8>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xui8> -> tensor<2x3xi8>
  %1 = vox.cast %0 : tensor<2x3xui8> -> tensor<2x3xi8>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xi8> -> tensor<2x3xui16>
  %2 = vox.cast %1 : tensor<2x3xi8> -> tensor<2x3xui16>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xui16> -> tensor<2x3xi16>
  %3 = vox.cast %2 : tensor<2x3xui16> -> tensor<2x3xi16>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xi16> -> tensor<2x3xi32>
  %4 = vox.cast %3 : tensor<2x3xi16> -> tensor<2x3xi32>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xi32> -> tensor<2x3xi64>
  %5 = vox.cast %4 : tensor<2x3xi32> -> tensor<2x3xi64>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xi64> -> tensor<2x3xi1>
  %6 = vox.cast %5 : tensor<2x3xi64> -> tensor<2x3xi1>
  // CHECK: vox.cast %{{.*}} : tensor<2x3xi1> -> tensor<2x3xf32>
  %7 = vox.cast %6 : tensor<2x3xi1> -> tensor<2x3xf32>
  return %7 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @Extremes
func.func @Extremes(%x: tensor<2x1x4xf32>, %y: tensor<3x1xf32>) -> tensor<2x3x4xf32> {
  // CHECK: vox.max %{{.*}}, %{{.*}} : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  %0 = vox.max %x, %y : (tensor<2x1x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  // CHECK: vox.min %{{.*}}, %{{.*}} : (tensor<2x3x4xf32>, tensor<2x1x4xf32>) -> tensor<2x3x4xf32>
  %1 = vox.min %0, %x : (tensor<2x3x4xf32>, tensor<2x1x4xf32>) -> tensor<2x3x4xf32>
  // CHECK: vox.pow %{{.*}}, %{{.*}} : (tensor<2x3x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  %2 = vox.pow %1, %y : (tensor<2x3x4xf32>, tensor<3x1xf32>) -> tensor<2x3x4xf32>
  return %2 : tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @EveryUnary
func.func @EveryUnary(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: vox.unary abs %{{.*}} : tensor<2x3xf32>
  %0 = vox.unary abs %x : tensor<2x3xf32>
  // CHECK: vox.unary neg
  %1 = vox.unary neg %0 : tensor<2x3xf32>
  // CHECK: vox.unary exp
  %2 = vox.unary exp %1 : tensor<2x3xf32>
  // CHECK: vox.unary log
  %3 = vox.unary log %2 : tensor<2x3xf32>
  // CHECK: vox.unary sqrt
  %4 = vox.unary sqrt %3 : tensor<2x3xf32>
  // CHECK: vox.unary reciprocal
  %5 = vox.unary reciprocal %4 : tensor<2x3xf32>
  // CHECK: vox.unary erf
  %6 = vox.unary erf %5 : tensor<2x3xf32>
  return %6 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @EveryRelation
func.func @EveryRelation(%x: tensor<2x3xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> {
  // CHECK: vox.compare equal %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  %0 = vox.compare equal %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: vox.compare less %
  %1 = vox.compare less %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: vox.compare less_or_equal
  %2 = vox.compare less_or_equal %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: vox.compare greater %
  %3 = vox.compare greater %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: vox.compare greater_or_equal
  %4 = vox.compare greater_or_equal %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: vox.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %5 = vox.select %4, %x, %y : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %5 : tensor<2x3xf32>
}

// The condition may be what is repeated, or all but the condition.
// CHECK-LABEL: func.func @SelectBroadcast
func.func @SelectBroadcast(%c: tensor<3x1xi1>, %x: tensor<2x1x4xf32>, %s: tensor<f32>) {
  // CHECK: vox.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<3x1xi1>, tensor<2x1x4xf32>, tensor<f32>) -> tensor<2x3x4xf32>
  %0 = vox.select %c, %x, %s : (tensor<3x1xi1>, tensor<2x1x4xf32>, tensor<f32>) -> tensor<2x3x4xf32>
  // CHECK: vox.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<3x1xi1>, tensor<f32>, tensor<f32>) -> tensor<3x1xf32>
  %1 = vox.select %c, %s, %s : (tensor<3x1xi1>, tensor<f32>, tensor<f32>) -> tensor<3x1xf32>
  return
}
