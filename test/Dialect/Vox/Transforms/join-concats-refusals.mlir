// Concatenations that stay kernels, and why.

// RUN: vox-opt %s --vox-join-concats --remarks-filter='vox-join-concats' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// CHECK-NOT: vox.join

// The samples of a batch alternate between the parts.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"dimension 0 has extent 2, so the parts don't lie one after the other"
func.func @Batch(%x: tensor<2x4xf32>) -> tensor<2x8xf32> {
  %0 = vox.group(%a = %x : tensor<2x4xf32>) -> tensor<2x4xf32> {
    %i = vox.activation #vox.relu %a : tensor<2x4xf32>
    vox.yield %i : tensor<2x4xf32>
  }
  %1 = vox.group(%a = %x : tensor<2x4xf32>, %b = %0 : tensor<2x4xf32>) -> tensor<2x8xf32> {
    %i = vox.concat %a, %b axis = 1 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x8xf32>
    vox.yield %i : tensor<2x8xf32>
  }
  %2 = vox.group(%a = %1 : tensor<2x8xf32>) -> tensor<2x8xf32> {
    %i = vox.activation #vox.relu %a : tensor<2x8xf32>
    vox.yield %i : tensor<2x8xf32>
  }
  return %2 : tensor<2x8xf32>
}

// Where a part would begin depends on the run.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"it has open extents, so that places in it differ"
func.func @Open(%x: tensor<4x8xf32>) -> tensor<8x8xf32> attributes {vox.open = #vox.open<least = [2], greatest = [8], inputs = [()[s0] -> (4, s0)]>} {
  %0 = vox.group(%a = %x : tensor<4x8xf32>) -> tensor<4x8xf32> {
    %i = vox.activation #vox.relu %a : tensor<4x8xf32>
    vox.yield %i : tensor<4x8xf32>
  }
  %1 = vox.group(%a = %x : tensor<4x8xf32>, %b = %0 : tensor<4x8xf32>) -> tensor<8x8xf32> {
    %i = vox.concat %a, %b axis = 0 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
    vox.yield %i : tensor<8x8xf32>
  }
  %2 = vox.group(%a = %1 : tensor<8x8xf32>) -> tensor<8x8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8x8xf32>
    vox.yield %i : tensor<8x8xf32>
  }
  return %2 : tensor<8x8xf32>
}

// The caller's memory is not ours to lay out.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"it is an output of the network"
func.func @Output(%x: tensor<4xf32>) -> tensor<8xf32> {
  %0 = vox.group(%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %i = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %i : tensor<4xf32>
  }
  %1 = vox.group(%a = %x : tensor<4xf32>, %b = %0 : tensor<4xf32>) -> tensor<8xf32> {
    %i = vox.concat %a, %b axis = 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  return %1 : tensor<8xf32>
}

// Every part is somebody else's: an output, seen through a view, and an input.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"none of its parts can be written in place: input 0 is an output of the network"
func.func @Nothing(%x: tensor<4xf32>) -> (tensor<8xf32>, tensor<2x2xf32>) {
  %0 = vox.group(%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %i = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %i : tensor<4xf32>
  }
  %1 = vox.group(%a = %x : tensor<4xf32>, %b = %0 : tensor<4xf32>) -> tensor<8xf32> {
    %i = vox.concat %b, %a axis = 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  %2 = vox.group(%a = %1 : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  %3 = vox.reshape %0 : tensor<4xf32> -> tensor<2x2xf32>
  return %2, %3 : tensor<8xf32>, tensor<2x2xf32>
}

// What follows in the group would be lost.
// REMARK: [Missed] Copied | Category:vox-join-concats | {{.*}}"something is computed with its result in the same kernel"
func.func @Epilogue(%x: tensor<4xf32>) -> tensor<8xf32> {
  %0 = vox.group(%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %i = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %i : tensor<4xf32>
  }
  %1 = vox.group(%a = %x : tensor<4xf32>, %b = %0 : tensor<4xf32>) -> tensor<8xf32> {
    %i = vox.concat %a, %b axis = 0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
    %j = vox.activation #vox.tanh %i : tensor<8xf32>
    vox.yield %j : tensor<8xf32>
  }
  %2 = vox.group(%a = %1 : tensor<8xf32>) -> tensor<8xf32> {
    %i = vox.activation #vox.relu %a : tensor<8xf32>
    vox.yield %i : tensor<8xf32>
  }
  return %2 : tensor<8xf32>
}
