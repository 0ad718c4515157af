// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Ops that move elements of x = 0, 1, 2, ... Expected values: PyTorch 2.15.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}, %y: tensor<1x2x2x3xf32> {vox.name = "y"}) -> (
      tensor<2xf32> {vox.name = "constant"},
      tensor<2x7xf32> {vox.name = "concat_columns"},
      tensor<4x3xf32> {vox.name = "concat_rows"},
      tensor<3x4xf32> {vox.name = "pad"},
      tensor<2x4xf32> {vox.name = "pad_negative"},
      tensor<1x2x1x3xf32> {vox.name = "crop"},
      tensor<2x2xf32> {vox.name = "slice"},
      tensor<1x1x2x2xf32> {vox.name = "slice_backwards"},
      tensor<4x3xf32> {vox.name = "join"},
      tensor<3x4xf32> {vox.name = "reshape"},
      tensor<2x6xf32> {vox.name = "flatten"},
      tensor<3x1x2x2xf32> {vox.name = "transpose"}) {
    %two = vox.constant dense<[[7.0], [8.0]]> : tensor<2x1xf32>

    // CHECK: values: "constant" 7 8{{$}}
    %constant = vox.reshape %two : tensor<2x1xf32> -> tensor<2xf32>

    // CHECK: values: "concat_columns" 0 1 2 7 0 1 2 3 4 5 8 3 4 5{{$}}
    %concat_columns = vox.concat %x, %two, %x axis = 1
        : (tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x7xf32>

    // CHECK: values: "concat_rows" 0 1 2 3 4 5 0 1 2 3 4 5{{$}}
    %concat_rows = vox.concat %x, %x axis = 0
        : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>

    // CHECK: values: "pad" -1.5 0 1 2 -1.5 3 4 5 -1.5 -1.5 -1.5 -1.5{{$}}
    %pad = vox.pad %x pads = [0, 1, 1, 0] value = -1.500000e+00
        : tensor<2x3xf32> -> tensor<3x4xf32>

    // CHECK: values: "pad_negative" 9 9 9 9 1 2 9 9{{$}}
    %pad_negative = vox.pad %x pads = [1, -1, -1, 2] value = 9.000000e+00
        : tensor<2x3xf32> -> tensor<2x4xf32>

    // CHECK: values: "crop" 3 4 5 9 10 11{{$}}
    %crop = vox.pad %y pads = [0, 0, -1, 0, 0, 0, 0, 0] value = 0.000000e+00
        : tensor<1x2x2x3xf32> -> tensor<1x2x1x3xf32>

    // CHECK: values: "slice" 0 2 3 5{{$}}
    %slice = vox.slice %x starts = [0, 0] steps = [1, 2] : tensor<2x3xf32> -> tensor<2x2xf32>

    // CHECK: values: "slice_backwards" 11 9 8 6{{$}}
    %slice_backwards = vox.slice %y starts = [0, 1, 1, 2] steps = [1, -5, -1, -2]
        : tensor<1x2x2x3xf32> -> tensor<1x1x2x2xf32>

    // CHECK: values: "join" 0 1 2 3 4 5 0 1 2 3 4 5{{$}}
    %join = vox.join %x, %x axis = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>

    // CHECK: values: "reshape" 0 1 2 3 4 5 6 7 8 9 10 11{{$}}
    %reshape = vox.reshape %y : tensor<1x2x2x3xf32> -> tensor<3x4xf32>

    // CHECK: values: "flatten" 0 1 2 3 4 5 6 7 8 9 10 11{{$}}
    %flatten = vox.flatten %y axis = 2 : tensor<1x2x2x3xf32> -> tensor<2x6xf32>

    // CHECK: values: "transpose" 0 6 3 9 1 7 4 10 2 8 5 11{{$}}
    %transpose = vox.transpose %y permutation = [3, 0, 2, 1]
        : tensor<1x2x2x3xf32> -> tensor<3x1x2x2xf32>

    return %constant, %concat_columns, %concat_rows, %pad, %pad_negative, %crop, %slice, %slice_backwards, %join, %reshape, %flatten, %transpose :
      tensor<2xf32>, tensor<2x7xf32>, tensor<4x3xf32>, tensor<3x4xf32>, tensor<2x4xf32>, tensor<1x2x1x3xf32>, tensor<2x2xf32>, tensor<1x1x2x2xf32>, tensor<4x3xf32>, tensor<3x4xf32>, tensor<2x6xf32>, tensor<3x1x2x2xf32>
}
