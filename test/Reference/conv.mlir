// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Convolutions of x = 0, 1, 2, ... with each attribute. Expected values:
// PyTorch 2.15 in float64, the padding applied by torch.nn.functional.pad.

func.func @main(%x: tensor<1x4x3x4xf32> {vox.name = "x"}, %line: tensor<2x1x5xf32> {vox.name = "line"}, %volume: tensor<1x2x2x2x2xf32> {vox.name = "volume"}) -> (
      tensor<1x2x1x3xf32> {vox.name = "plain"},
      tensor<1x2x2x5xf32> {vox.name = "asymmetric"},
      tensor<1x2x2x2xf32> {vox.name = "strided"},
      tensor<1x2x1x3xf32> {vox.name = "dilated"},
      tensor<1x4x2x2xf32> {vox.name = "grouped"},
      tensor<1x4x3x4xf32> {vox.name = "depthwise"},
      tensor<1x1x3x4xf32> {vox.name = "larger_than_input"},
      tensor<2x2x3xf32> {vox.name = "one_dimension"},
      tensor<1x1x2x2x1xf32> {vox.name = "three_dimensions"},
      tensor<2x1x2xf32> {vox.name = "infinite_weight"}) {
    %w = vox.constant dense<[[[[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0]], [[0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0]], [[-1.0, 1.0], [-2.0, 0.0], [2.0, -1.0]]], [[[1.0, -2.0], [0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0], [1.0, -2.0]], [[0.0, 2.0], [-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0], [0.0, 2.0]]]]> : tensor<2x4x3x2xf32>
    %b = vox.constant dense<[0.5, -10.0]> : tensor<2xf32>
    %pairs = vox.constant dense<[[[[-2.0, 0.0], [2.0, -1.0]], [[1.0, -2.0], [0.0, 2.0]]], [[[-1.0, 1.0], [-2.0, 0.0]], [[2.0, -1.0], [1.0, -2.0]]], [[[0.0, 2.0], [-1.0, 1.0]], [[-2.0, 0.0], [2.0, -1.0]]], [[[1.0, -2.0], [0.0, 2.0]], [[-1.0, 1.0], [-2.0, 0.0]]]]> : tensor<4x2x2x2xf32>
    %single = vox.constant dense<[[[[-2.0, 0.0, 2.0]]], [[[-1.0, 1.0, -2.0]]], [[[0.0, 2.0, -1.0]]], [[[1.0, -2.0, 0.0]]]]> : tensor<4x1x1x3xf32>
    %tall = vox.constant dense<[[[[-2.0], [0.0], [2.0], [-1.0], [1.0]], [[-2.0], [0.0], [2.0], [-1.0], [1.0]], [[-2.0], [0.0], [2.0], [-1.0], [1.0]], [[-2.0], [0.0], [2.0], [-1.0], [1.0]]]]> : tensor<1x4x5x1xf32>
    %w1 = vox.constant dense<[[[1.0, 2.0]], [[3.0, -1.0]]]> : tensor<2x1x2xf32>
    %w3 = vox.constant dense<[[[[[-2.0, 0.0]], [[2.0, -1.0]]], [[[1.0, -2.0]], [[0.0, 2.0]]]]]> : tensor<1x2x2x1x2xf32>
    %inf = vox.constant dense<[[[0x7F800000, 1.0]]]> : tensor<1x1x2xf32>

    // CHECK: values: "plain" 3.5 2.5 1.5 38 39 40{{$}}
    %plain = vox.conv %x, %w bias %b strides = [1, 1] dilations = [1, 1]
        pads = [0, 0, 0, 0] groups = 1
        : (tensor<1x4x3x4xf32>, tensor<2x4x3x2xf32>, tensor<2xf32>) -> tensor<1x2x1x3xf32>

    // CHECK: values: "asymmetric" -39 -41 -43 -5 0 3 2 1 8 0 -15 -14 -13 -8 0 48 49 50 43 0{{$}}
    %asymmetric = vox.conv %x, %w strides = [1, 1] dilations = [1, 1]
        pads = [1, 0, 0, 2] groups = 1
        : (tensor<1x4x3x4xf32>, tensor<2x4x3x2xf32>) -> tensor<1x2x2x5xf32>

    // CHECK: values: "strided" -27.5 -42.5 -7.5 -61.5 -18 -23 -62 45{{$}}
    %strided = vox.conv %x, %w bias %b strides = [2, 3] dilations = [1, 1]
        pads = [1, 1, 1, 1] groups = 1
        : (tensor<1x4x3x4xf32>, tensor<2x4x3x2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>

    // CHECK: values: "dilated" -5 2 1 8 48 49{{$}}
    %dilated = vox.conv %x, %w strides = [1, 1] dilations = [1, 2]
        pads = [0, 1, 0, 0] groups = 1
        : (tensor<1x4x3x4xf32>, tensor<2x4x3x2xf32>) -> tensor<1x2x1x3xf32>

    // CHECK: values: "grouped" 23 23 23 23 -14 -18 -22 -26 18 20 22 24 -47 -49 -51 -53{{$}}
    %grouped = vox.conv %x, %pairs strides = [1, 2] dilations = [1, 1]
        pads = [0, 0, 0, 0] groups = 2
        : (tensor<1x4x3x4xf32>, tensor<4x2x2x2xf32>) -> tensor<1x4x2x2xf32>

    // CHECK: values: "depthwise" 2 4 4 -4 10 4 4 -12 18 4 4 -20 -14 -27 -29 1 -18 -35 -37 1 -22 -43 -45 1 23 24 25 54 27 28 29 62 31 32 33 70 -72 -38 -39 -40 -80 -42 -43 -44 -88 -46 -47 -48{{$}}
    %depthwise = vox.conv %x, %single strides = [1, 1] dilations = [1, 1]
        pads = [0, 1, 0, 1] groups = 4
        : (tensor<1x4x3x4xf32>, tensor<4x1x1x3xf32>) -> tensor<1x4x3x4xf32>

    // CHECK: values: "larger_than_input" 160 168 176 184 72 76 80 84 64 64 64 64{{$}}
    %larger_than_input = vox.conv %x, %tall strides = [1, 1] dilations = [1, 1]
        pads = [2, 0, 2, 0] groups = 1
        : (tensor<1x4x3x4xf32>, tensor<1x4x5x1xf32>) -> tensor<1x1x3x4xf32>

    // CHECK: values: "one_dimension" 0 5 11 0 1 5 10 20 26 -5 11 15{{$}}
    %one_dimension = vox.conv %line, %w1 strides = [2] dilations = [1]
        pads = [1, 0] groups = 1
        : (tensor<2x1x5xf32>, tensor<2x1x2xf32>) -> tensor<2x2x3xf32>

    // CHECK: values: "three_dimensions" 17 23 19 19{{$}}
    %three_dimensions = vox.conv %volume, %w3 strides = [1, 1, 1] dilations = [1, 1, 1]
        pads = [1, 0, 0, 0, 0, 0] groups = 1
        : (tensor<1x2x2x2x2xf32>, tensor<1x2x2x1x2xf32>) -> tensor<1x1x2x2x1xf32>

    // By hand: the padding skips the infinite weight instead of giving NaN.
    // CHECK: values: "infinite_weight" 0 inf 5 inf{{$}}
    %infinite_weight = vox.conv %line, %inf strides = [4] dilations = [1]
        pads = [1, 0] groups = 1
        : (tensor<2x1x5xf32>, tensor<1x1x2xf32>) -> tensor<2x1x2xf32>

    return %plain, %asymmetric, %strided, %dilated, %grouped, %depthwise, %larger_than_input, %one_dimension, %three_dimensions, %infinite_weight :
      tensor<1x2x1x3xf32>, tensor<1x2x2x5xf32>, tensor<1x2x2x2xf32>, tensor<1x2x1x3xf32>, tensor<1x4x2x2xf32>, tensor<1x4x3x4xf32>, tensor<1x1x3x4xf32>, tensor<2x2x3xf32>, tensor<1x1x2x2x1xf32>, tensor<2x1x2xf32>
}
