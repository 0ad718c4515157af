// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Weighted sums of x = 0, 1, 2, ... Expected values by hand.

func.func @main(%line: tensor<4xf32> {vox.name = "line"}, %plane: tensor<2x3xf32> {vox.name = "plane"}) -> (
      tensor<5xf32> {vox.name = "clamped"},
      tensor<2x3xf32> {vox.name = "first"},
      tensor<2x1xf32> {vox.name = "last"}) {
  // Whatever the start, the border is read beyond it.
  // CHECK: values: "clamped" 0 10 33 33 0{{$}}
  %starts = vox.constant dense<[-5, 0, 3, 2147483647, -2147483648]> : tensor<5xi32>
  %weights = vox.constant dense<[[1.0, 10.0], [1.0, 10.0], [1.0, 10.0], [1.0, 10.0], [1.0, 10.0]]> : tensor<5x2xf32>
  %clamped = vox.resample %line, %starts, %weights axis = 0
      : (tensor<4xf32>, tensor<5xi32>, tensor<5x2xf32>) -> tensor<5xf32>

  // CHECK: values: "first" 1.5 2.5 3.5 9 12 15{{$}}
  %from = vox.constant dense<[0, 1]> : tensor<2xi32>
  %shares = vox.constant dense<[[0.5, 0.5], [1.0, 2.0]]> : tensor<2x2xf32>
  %first = vox.resample %plane, %from, %shares axis = 0
      : (tensor<2x3xf32>, tensor<2xi32>, tensor<2x2xf32>) -> tensor<2x3xf32>

  // CHECK: values: "last" 5 20{{$}}
  %one = vox.constant dense<0> : tensor<1xi32>
  %three = vox.constant dense<[[2.0, 1.0, 2.0]]> : tensor<1x3xf32>
  %last = vox.resample %plane, %one, %three axis = 1
      : (tensor<2x3xf32>, tensor<1xi32>, tensor<1x3xf32>) -> tensor<2x1xf32>

  return %clamped, %first, %last : tensor<5xf32>, tensor<2x3xf32>, tensor<2x1xf32>
}
