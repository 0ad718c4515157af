// Where values lie in the arena. 64 floats are 256 bytes.

// RUN: vox-opt %s --vox-plan-memory --remarks-filter='vox-plan-memory' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks
// RUN: vox-opt %s --vox-plan-memory | %python %S/Inputs/check-arena.py
// RUN: vox-opt %s --vox-plan-memory | vox-opt --vox-plan-memory | FileCheck %s

vox.kernel @relu(%a: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.activation #vox.relu %a : tensor<64xf32>
  vox.yield %0 : tensor<64xf32>
} schedule <algorithm = plain>
vox.kernel @add(%a: tensor<64xf32>, %b: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.add %a, %b : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  vox.yield %0 : tensor<64xf32>
} schedule <algorithm = plain>
vox.kernel @one(%a: tensor<64xf32>) -> tensor<1xf32> {
  %0 = vox.pad %a pads = [0, -63] value = 0.0 : tensor<64xf32> -> tensor<1xf32>
  vox.yield %0 : tensor<1xf32>
} schedule <algorithm = plain>
vox.kernel @three(%a: tensor<3xf32>) -> tensor<3xf32> {
  %0 = vox.activation #vox.relu %a : tensor<3xf32>
  vox.yield %0 : tensor<3xf32>
} schedule <algorithm = plain>
vox.kernel @long(%a: tensor<128xf32>) -> tensor<128xf32> {
  %0 = vox.activation #vox.relu %a : tensor<128xf32>
  vox.yield %0 : tensor<128xf32>
} schedule <algorithm = plain>
vox.kernel @pack(%a: tensor<1x3x8xf32>) -> tensor<1x3x8xf32, #vox.layout<block = 16>> {
  %0 = vox.pack %a : tensor<1x3x8xf32> -> tensor<1x3x8xf32, #vox.layout<block = 16>>
  vox.yield %0 : tensor<1x3x8xf32, #vox.layout<block = 16>>
} schedule <algorithm = plain>
vox.kernel @unpack(%a: tensor<1x3x8xf32, #vox.layout<block = 16>>) -> tensor<1x3x8xf32> {
  %0 = vox.unpack %a : tensor<1x3x8xf32, #vox.layout<block = 16>> -> tensor<1x3x8xf32>
  vox.yield %0 : tensor<1x3x8xf32>
} schedule <algorithm = plain>
vox.kernel @matrix(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8x8xf32>
  vox.yield %0 : tensor<8x8xf32>
} schedule <algorithm = plain>

// Two places serve a chain: a launch never writes what it reads.
// REMARK: [Passed] Planned | Category:vox-plan-memory | {{.*}}"3 values of 768 bytes share an arena of 512 bytes"
// CHECK-LABEL: func.func @Chain(
// CHECK-SAME: attributes {vox.arena_size = 512 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 256 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {output = 0 : i64}
func.func @Chain(%x: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  %2 = vox.launch @relu(%1) : (tensor<64xf32>) -> tensor<64xf32>
  %3 = vox.launch @relu(%2) : (tensor<64xf32>) -> tensor<64xf32>
  return %3 : tensor<64xf32>
}

// The first value is read by the last launch: no one may write over it.
// CHECK-LABEL: func.func @Skip(
// CHECK-SAME: attributes {vox.arena_size = 768 : i64}
func.func @Skip(%x: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  %2 = vox.launch @relu(%1) : (tensor<64xf32>) -> tensor<64xf32>
  %3 = vox.launch @add(%0, %2) : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  return %3 : tensor<64xf32>
}

// A life goes on through views, and views of views.
// CHECK-LABEL: func.func @View(
// CHECK-SAME: attributes {vox.arena_size = 768 : i64}
func.func @View(%x: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %v = vox.reshape %0 : tensor<64xf32> -> tensor<8x8xf32>
  %u = vox.reshape %v : tensor<8x8xf32> -> tensor<64xf32>
  %1 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %2 = vox.launch @relu(%1) : (tensor<64xf32>) -> tensor<64xf32>
  %3 = vox.launch @add(%u, %2) : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  return %3 : tensor<64xf32>
}

// Blocks are padded to 16 channels, 512 bytes; a single float takes 64.
// CHECK-LABEL: func.func @PaddedBlocks(
// CHECK-SAME: attributes {vox.arena_size = 512 : i64}
func.func @PaddedBlocks(%x: tensor<1x3x8xf32>) -> tensor<1x3x8xf32> {
  %0 = vox.launch @pack(%x) : (tensor<1x3x8xf32>) -> tensor<1x3x8xf32, #vox.layout<block = 16>>
  %1 = vox.launch @unpack(%0) : (tensor<1x3x8xf32, #vox.layout<block = 16>>) -> tensor<1x3x8xf32>
  return %1 : tensor<1x3x8xf32>
}

// CHECK-LABEL: func.func @Unread(
// CHECK-SAME: attributes {vox.arena_size = 320 : i64}
// CHECK: vox.launch @one{{.*}} {offset = 256 : i64}
func.func @Unread(%x: tensor<64xf32>) -> tensor<64xf32> {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @one(%0) : (tensor<64xf32>) -> tensor<1xf32>
  %2 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  return %2 : tensor<64xf32>
}

// Outputs lie where the caller wants them, though others read them too.
// CHECK-LABEL: func.func @Outputs(
// CHECK-SAME: attributes {vox.arena_size = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {output = 1 : i64}
// CHECK: vox.launch @relu{{.*}} {output = 0 : i64}
func.func @Outputs(%x: tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  return %1, %0 : tensor<64xf32>, tensor<64xf32>
}

// CHECK-LABEL: func.func @OutputThroughView(
// CHECK: vox.launch @relu{{.*}} {output = 0 : i64}
// CHECK-NEXT: vox.reshape
func.func @OutputThroughView(%x: tensor<64xf32>) -> tensor<8x8xf32> {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.reshape %0 : tensor<64xf32> -> tensor<8x8xf32>
  return %1 : tensor<8x8xf32>
}

// What stood there before is forgotten.
// CHECK-LABEL: func.func @PlannedBefore(
// CHECK-SAME: attributes {vox.arena_size = 256 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {output = 0 : i64}
func.func @PlannedBefore(%x: tensor<64xf32>) -> tensor<64xf32> attributes {vox.arena_size = 64 : i64} {
  %0 = vox.launch @relu(%x) {output = 0 : i64} : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @relu(%0) {offset = 64 : i64} : (tensor<64xf32>) -> tensor<64xf32>
  return %1 : tensor<64xf32>
}

// The parts of a join lie one after the other. The second one's place is free
// until it is written: %1, which is dead by then, may lie there.
// CHECK-LABEL: func.func @Join(
// CHECK-SAME: attributes {vox.arena_size = 512 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 256 : i64}
// CHECK: vox.launch @one{{.*}} {output = 0 : i64}
// CHECK: vox.launch @relu{{.*}} {offset = 256 : i64}
// CHECK: vox.join {{.*}} {offset = 0 : i64}
func.func @Join(%x: tensor<64xf32>) -> (tensor<1xf32>, tensor<128xf32>) {
  %0 = vox.launch @relu(%x) : (tensor<64xf32>) -> tensor<64xf32>
  %1 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  %2 = vox.launch @one(%1) : (tensor<64xf32>) -> tensor<1xf32>
  %3 = vox.launch @relu(%0) : (tensor<64xf32>) -> tensor<64xf32>
  %4 = vox.join %0, %3 axis = 0 : (tensor<64xf32>, tensor<64xf32>) -> tensor<128xf32>
  %5 = vox.launch @long(%4) : (tensor<128xf32>) -> tensor<128xf32>
  return %2, %5 : tensor<1xf32>, tensor<128xf32>
}

// Joins in joins: all three parts in one allocation, at odd multiples of 4.
// CHECK-LABEL: func.func @JoinOfJoins(
// CHECK: vox.launch @one{{.*}} {offset = 0 : i64}
// CHECK: vox.launch @one{{.*}} {offset = 4 : i64}
// CHECK: vox.join {{.*}} {offset = 0 : i64}
// CHECK: vox.launch @one{{.*}} {offset = 8 : i64}
// CHECK: vox.join {{.*}} {offset = 0 : i64}
func.func @JoinOfJoins(%x: tensor<64xf32>) -> tensor<3xf32> {
  %0 = vox.launch @one(%x) : (tensor<64xf32>) -> tensor<1xf32>
  %1 = vox.launch @one(%x) : (tensor<64xf32>) -> tensor<1xf32>
  %2 = vox.join %0, %1 axis = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  %3 = vox.launch @one(%x) : (tensor<64xf32>) -> tensor<1xf32>
  %4 = vox.join %2, %3 axis = 0 : (tensor<2xf32>, tensor<1xf32>) -> tensor<3xf32>
  %5 = vox.launch @three(%4) : (tensor<3xf32>) -> tensor<3xf32>
  return %5 : tensor<3xf32>
}

func.func private @Declaration(tensor<64xf32>) -> tensor<64xf32>
