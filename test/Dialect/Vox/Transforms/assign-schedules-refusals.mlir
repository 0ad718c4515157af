// Schedules that exist are kept: a tuning record or a person wrote them.

// RUN: vox-opt %s --vox-assign-schedules | FileCheck %s
// RUN: not vox-opt %s --vox-assign-schedules=lanes=0 2>&1 | FileCheck %s --check-prefix=LANES0
// RUN: not vox-opt %s --vox-assign-schedules=lanes=-16 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// RUN: vox-opt %s --vox-assign-schedules=registers=0

// LANES0: error: option lanes is 0; expected a power of two from 1 to 64
// NEGATIVE: error: option lanes is -16; expected a power of two from 1 to 64

// CHECK-LABEL: func.func @ScheduleStays(
// CHECK: } schedule <algorithm = plain, rows = 3>
// CHECK: } schedule <algorithm = element_wise, lanes = 16>
func.func @ScheduleStays(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.group (%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %2 = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %2 : tensor<4xf32>
  } schedule <algorithm = plain, rows = 3>
  %1 = vox.group (%a = %0 : tensor<4xf32>) -> tensor<4xf32> {
    %2 = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %2 : tensor<4xf32>
  }
  return %1 : tensor<4xf32>
}

// Ops outside groups get none.
// CHECK-LABEL: func.func @NoGroup(
// CHECK-NOT: schedule
// CHECK: return
func.func @NoGroup(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
