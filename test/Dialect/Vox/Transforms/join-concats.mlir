// Concatenations whose parts are written where they belong.

// RUN: vox-opt %s --vox-join-concats --remarks-filter='vox-join-concats' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-join-concats --vox-join-concats | FileCheck %s

// Blocked channels of one sample.
// REMARK: [Passed] Joined | Category:vox-join-concats | {{.*}}"2 parts are written in place"
// CHECK-LABEL: func.func @Blocked(
// CHECK: %[[A:.*]] = vox.group (
// CHECK: %[[B:.*]] = vox.group (
// CHECK: %[[J:.*]] = vox.join %[[A]], %[[B]] axis = 1
// CHECK: vox.group (%{{.*}} = %[[J]]
!part = tensor<1x16x4xf32, #vox.layout<block = 16>>
!whole = tensor<1x32x4xf32, #vox.layout<block = 16>>
func.func @Blocked(%x: tensor<1x16x4xf32>) -> tensor<1x32x4xf32> {
  %0 = vox.group(%a = %x : tensor<1x16x4xf32>) -> !part {
    %i = vox.pack %a : tensor<1x16x4xf32> -> !part
    vox.yield %i : !part
  }
  %1 = vox.group(%a = %0 : !part) -> !part {
    %i = vox.activation #vox.relu %a : !part
    vox.yield %i : !part
  }
  %2 = vox.group(%a = %0 : !part, %b = %1 : !part) -> !whole {
    %i = vox.concat %a, %b axis = 1 : (!part, !part) -> !whole
    vox.yield %i : !whole
  }
  %3 = vox.group(%a = %2 : !whole) -> tensor<1x32x4xf32> {
    %i = vox.unpack %a : !whole -> tensor<1x32x4xf32>
    vox.yield %i : tensor<1x32x4xf32>
  }
  return %3 : tensor<1x32x4xf32>
}

// A join can be part of another one, as in dense blocks.
// CHECK-LABEL: func.func @Nested(
// CHECK: %[[J:.*]] = vox.join %{{.*}}, %{{.*}} axis = 0
// CHECK: vox.join %[[J]], %{{.*}} axis = 0
func.func @Nested(%x: tensor<8xf32>) -> tensor<24xf32> {
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  %1 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.tanh %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  %2 = vox.group(%a = %0 : tensor<8xf32>, %b = %1 : tensor<8xf32>) -> tensor<16xf32> {
    %i = vox.concat %a, %b axis = 0 : (tensor<8xf32>, tensor<8xf32>) -> tensor<16xf32>
    vox.yield %i : tensor<16xf32>
  }
  %3 = vox.group(%a = %x : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.sigmoid %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  %4 = vox.group(%a = %2 : tensor<16xf32>, %b = %3 : tensor<8xf32>) -> tensor<24xf32> {
    %i = vox.concat %a, %b axis = 0 : (tensor<16xf32>, tensor<8xf32>) -> tensor<24xf32>
    vox.yield %i : tensor<24xf32>
  }
  %5 = vox.group(%a = %4 : tensor<24xf32>) -> tensor<24xf32> {
    %i = vox.activation #vox.relu %a : tensor<24xf32>
    vox.yield %i : tensor<24xf32>
  }
  return %5 : tensor<24xf32>
}

// What can't be written in place is copied there: an input, a second place.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"input 0 is not the result of a kernel, so it is copied"
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"input 2 is part of a concatenation already, so it is copied"
// CHECK-LABEL: func.func @Copies(
// CHECK-SAME: %[[X:.*]]: tensor<8xi64>
// CHECK: %[[A:.*]] = vox.group (
// CHECK: %[[CX:.*]] = vox.group (%[[IN:.*]] = %[[X]] : tensor<8xi64>)
// CHECK-NEXT: vox.concat %[[IN]] axis = 0
// CHECK: %[[CA:.*]] = vox.group (%{{.*}} = %[[A]] : tensor<8xi64>)
// CHECK: vox.join %[[CX]], %[[A]], %[[CA]] axis = 0
func.func @Copies(%x: tensor<8xi64>) -> tensor<24xf32> {
  %0 = vox.group(%a = %x : tensor<8xi64>) -> tensor<8xi64> {
    %i = vox.slice %a starts = [7] steps = [-1] : tensor<8xi64> -> tensor<8xi64>
    vox.yield %i : tensor<8xi64>
  }
  %1 = vox.group(%a = %x : tensor<8xi64>, %b = %0 : tensor<8xi64>) -> tensor<24xi64> {
    %i = vox.concat %a, %b, %b axis = 0 : (tensor<8xi64>, tensor<8xi64>, tensor<8xi64>) -> tensor<24xi64>
    vox.yield %i : tensor<24xi64>
  }
  %2 = vox.group(%a = %1 : tensor<24xi64>) -> tensor<24xf32> {
    %i = vox.cast %a : tensor<24xi64> -> tensor<24xf32>
    vox.yield %i : tensor<24xf32>
  }
  return %2 : tensor<24xf32>
}
