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
  // CHECK: vox.unary floor
  %7 = vox.unary floor %6 : tensor<2x3xf32>
  // CHECK: vox.unary ceil
  %8 = vox.unary ceil %7 : tensor<2x3xf32>
  // CHECK: vox.unary round
  %9 = vox.unary round %8 : tensor<2x3xf32>
  // CHECK: vox.unary sign
  %10 = vox.unary sign %9 : tensor<2x3xf32>
  // CHECK: vox.unary sin
  %11 = vox.unary sin %10 : tensor<2x3xf32>
  // CHECK: vox.unary cos
  %12 = vox.unary cos %11 : tensor<2x3xf32>
  // CHECK: vox.unary tan
  %13 = vox.unary tan %12 : tensor<2x3xf32>
  // CHECK: vox.unary asin
  %14 = vox.unary asin %13 : tensor<2x3xf32>
  // CHECK: vox.unary acos
  %15 = vox.unary acos %14 : tensor<2x3xf32>
  // CHECK: vox.unary atan
  %16 = vox.unary atan %15 : tensor<2x3xf32>
  // CHECK: vox.unary sinh
  %17 = vox.unary sinh %16 : tensor<2x3xf32>
  // CHECK: vox.unary cosh
  %18 = vox.unary cosh %17 : tensor<2x3xf32>
  // CHECK: vox.unary asinh
  %19 = vox.unary asinh %18 : tensor<2x3xf32>
  // CHECK: vox.unary acosh
  %20 = vox.unary acosh %19 : tensor<2x3xf32>
  // CHECK: vox.unary atanh
  %21 = vox.unary atanh %20 : tensor<2x3xf32>
  return %21 : tensor<2x3xf32>
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

// CHECK-LABEL: func.func @Remainders
func.func @Remainders(%x: tensor<2x3xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> {
  // CHECK: vox.mod %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %0 = vox.mod %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: vox.rem %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %1 = vox.rem %0, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @Integers
func.func @Integers(%a: tensor<2x3xui8>, %b: tensor<2x3xi8>, %c: tensor<2x3xui16>, %d: tensor<2x3xi16>, %e: tensor<2x3xi32>, %f: tensor<3xi64>, %g: tensor<2x3xi1>) {
  // CHECK: vox.add %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<2x3xui8>) -> tensor<2x3xui8>
  %0 = vox.add %a, %a : (tensor<2x3xui8>, tensor<2x3xui8>) -> tensor<2x3xui8>
  // CHECK: vox.sub %{{.*}}, %{{.*}} : (tensor<2x3xi8>, tensor<2x3xi8>) -> tensor<2x3xi8>
  %1 = vox.sub %b, %b : (tensor<2x3xi8>, tensor<2x3xi8>) -> tensor<2x3xi8>
  // CHECK: vox.mul %{{.*}}, %{{.*}} : (tensor<2x3xui16>, tensor<2x3xui16>) -> tensor<2x3xui16>
  %2 = vox.mul %c, %c : (tensor<2x3xui16>, tensor<2x3xui16>) -> tensor<2x3xui16>
  // CHECK: vox.div %{{.*}}, %{{.*}} : (tensor<2x3xi16>, tensor<2x3xi16>) -> tensor<2x3xi16>
  %3 = vox.div %d, %d : (tensor<2x3xi16>, tensor<2x3xi16>) -> tensor<2x3xi16>
  // CHECK: vox.mod %{{.*}}, %{{.*}} : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
  %4 = vox.mod %e, %e : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xi32>
  // CHECK: vox.rem %{{.*}}, %{{.*}} : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  %5 = vox.rem %f, %f : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  // CHECK: vox.max %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<2x3xui8>) -> tensor<2x3xui8>
  %6 = vox.max %a, %0 : (tensor<2x3xui8>, tensor<2x3xui8>) -> tensor<2x3xui8>
  // CHECK: vox.min %{{.*}}, %{{.*}} : (tensor<2x3xi8>, tensor<2x3xi8>) -> tensor<2x3xi8>
  %7 = vox.min %b, %1 : (tensor<2x3xi8>, tensor<2x3xi8>) -> tensor<2x3xi8>
  // CHECK: vox.unary abs %{{.*}} : tensor<2x3xi32>
  %8 = vox.unary abs %e : tensor<2x3xi32>
  // CHECK: vox.compare less %{{.*}}, %{{.*}} : (tensor<2x3xi16>, tensor<2x3xi16>) -> tensor<2x3xi1>
  %9 = vox.compare less %d, %3 : (tensor<2x3xi16>, tensor<2x3xi16>) -> tensor<2x3xi1>
  // CHECK: vox.compare equal %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  %10 = vox.compare equal %g, %9 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  // CHECK: vox.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<3xi64>, tensor<3xi64>) -> tensor<2x3xi64>
  %11 = vox.select %10, %f, %5 : (tensor<2x3xi1>, tensor<3xi64>, tensor<3xi64>) -> tensor<2x3xi64>
  // CHECK: vox.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  %12 = vox.select %10, %g, %9 : (tensor<2x3xi1>, tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  return
}
