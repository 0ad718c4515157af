// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Arithmetic of constants and x = 0, 1, 2, ... with broadcasting. Expected
// values: numpy's rules, by PyTorch 2.15 in float64.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}, %y: tensor<2x1x3xf32> {vox.name = "y"}) -> (
      tensor<2x3xf32> {vox.name = "add"},
      tensor<2x3xf32> {vox.name = "add_column"},
      tensor<2x3xf32> {vox.name = "sub_row"},
      tensor<2x3xf32> {vox.name = "sub_from_scalar"},
      tensor<2x2x3xf32> {vox.name = "mul_both_ways"},
      tensor<2x2x3xf32> {vox.name = "mul_ranks"},
      tensor<2x3xf32> {vox.name = "div"},
      tensor<3xf32> {vox.name = "div_by_zero"}) {
    %column = vox.constant dense<[[10.0], [20.0]]> : tensor<2x1xf32>
    %row = vox.constant dense<[1.0, 2.0, 4.0]> : tensor<3xf32>
    %scalar = vox.constant dense<0.5> : tensor<f32>
    %odd = vox.constant dense<[0.0, -1.0, 0x7FC00000]> : tensor<3xf32>
    %zeros = vox.constant dense<[0.0, 0.0, 1.0]> : tensor<3xf32>

    // CHECK: values: "add" 0 2 4 6 8 10{{$}}
    %add = vox.add %x, %x
        : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>

    // CHECK: values: "add_column" 10 11 12 23 24 25{{$}}
    %add_column = vox.add %x, %column
        : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>

    // CHECK: values: "sub_row" -1 -1 -2 2 2 1{{$}}
    %sub_row = vox.sub %x, %row
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>

    // CHECK: values: "sub_from_scalar" 0.5 -0.5 -1.5 -2.5 -3.5 -4.5{{$}}
    %sub_from_scalar = vox.sub %scalar, %x
        : (tensor<f32>, tensor<2x3xf32>) -> tensor<2x3xf32>

    // CHECK: values: "mul_both_ways" 0 10 20 0 20 40 30 40 50 60 80 100{{$}}
    %mul_both_ways = vox.mul %y, %column
        : (tensor<2x1x3xf32>, tensor<2x1xf32>) -> tensor<2x2x3xf32>

    // CHECK: values: "mul_ranks" 0 1 4 0 4 10 0 4 10 9 16 25{{$}}
    %mul_ranks = vox.mul %x, %y
        : (tensor<2x3xf32>, tensor<2x1x3xf32>) -> tensor<2x2x3xf32>

    // CHECK: values: "div" 0 0.5 0.5 3 2 1.25{{$}}
    %div = vox.div %x, %row
        : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>

    // CHECK: values: "div_by_zero" nan -inf nan{{$}}
    %div_by_zero = vox.div %odd, %zeros
        : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>

    return %add, %add_column, %sub_row, %sub_from_scalar, %mul_both_ways, %mul_ranks, %div, %div_by_zero :
      tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x2x3xf32>, tensor<2x2x3xf32>, tensor<2x3xf32>, tensor<3xf32>
}
