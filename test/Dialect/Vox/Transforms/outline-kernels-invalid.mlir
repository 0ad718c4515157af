// RUN: vox-opt %s --vox-outline-kernels -verify-diagnostics

func.func @NoSchedule(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{has no schedule; run vox-assign-schedules first}}
  %0 = vox.group (%a = %x : tensor<4xf32>) -> tensor<4xf32> {
    %1 = vox.activation #vox.relu %a : tensor<4xf32>
    vox.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
