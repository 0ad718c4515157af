// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Transposed convolutions of x = 0, 1, 2, ... with each attribute. Expected
// values: PyTorch 2.15 in float64, its result cropped for the pads.

func.func @main(%x: tensor<1x4x2x3xf32> {vox.name = "x"}, %line: tensor<2x1x3xf32> {vox.name = "line"}, %volume: tensor<1x2x2x1x2xf32> {vox.name = "volume"}) -> (
      tensor<1x2x3x4xf32> {vox.name = "plain"},
      tensor<1x2x4x6xf32> {vox.name = "doubled"},
      tensor<1x2x5x6xf32> {vox.name = "stride_above_kernel"},
      tensor<1x2x3x2xf32> {vox.name = "asymmetric"},
      tensor<1x1x6x6xf32> {vox.name = "output_pads"},
      tensor<1x2x4x7xf32> {vox.name = "dilated"},
      tensor<1x4x2x5xf32> {vox.name = "grouped"},
      tensor<1x4x4x3xf32> {vox.name = "depthwise"},
      tensor<2x2x7xf32> {vox.name = "one_dimension"},
      tensor<1x1x2x2x2xf32> {vox.name = "three_dimensions"},
      tensor<2x1x8xf32> {vox.name = "infinite_weight"}) {
    %w = vox.constant dense<[[[[-2.0, -1.0], [0.0, 1.0]], [[2.0, 0.0], [1.0, 2.0]], [[-2.0, -1.0], [2.0, -2.0]], [[-1.0, 0.0], [1.0, -1.0]]], [[[0.0, 1.0], [2.0, -2.0]], [[1.0, 2.0], [-2.0, -1.0]], [[0.0, -2.0], [-1.0, 0.0]], [[1.0, 2.0], [0.0, 1.0]]]]> : tensor<2x4x2x2xf32>
    %b = vox.constant dense<[0.5, -10.0]> : tensor<2xf32>
    %pairs = vox.constant dense<[[[[0.0, 1.0]], [[2.0, -2.0]]], [[[-1.0, 2.0]], [[-2.0, -1.0]]], [[[0.0, 1.0]], [[-1.0, 0.0]]], [[[1.0, 2.0]], [[-2.0, 1.0]]]]> : tensor<4x2x1x2xf32>
    %single = vox.constant dense<[[[[2.0], [-2.0]]], [[[-1.0], [0.0]]], [[[1.0], [-1.0]]], [[[0.0], [1.0]]]]> : tensor<4x1x2x1xf32>
    %point = vox.constant dense<[[[[-1.0]], [[0.0]], [[1.0]], [[2.0]]]]> : tensor<1x4x1x1xf32>
    %w1 = vox.constant dense<[[[1.0, 2.0, -1.0]], [[3.0, -1.0, 2.0]]]> : tensor<2x1x3xf32>
    %w3 = vox.constant dense<[[[[[0.0, 1.0]], [[2.0, -2.0]]], [[[-1.0, 2.0]], [[-2.0, -1.0]]]]]> : tensor<1x2x2x1x2xf32>
    %inf = vox.constant dense<[[[0x7F800000, 1.0]]]> : tensor<1x1x2xf32>

    // CHECK: values: "plain" -29.5 -44.5 -49.5 -15.5 9.5 -37.5 -38.5 -51.5 60.5 34.5 38.5 -29.5 14 40 45 20 -4 42 44 37 -37 -32 -35 -8{{$}}
    %plain = vox.conv_transpose %x, %w bias %b strides = [1, 1] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<2x4x2x2xf32>, tensor<2xf32>) -> tensor<1x2x3x4xf32>

    // Each result from one position of the input, as U-Nets go up.
    // CHECK: values: "doubled" -30 -12 -33 -14 -36 -16 48 -30 52 -30 56 -30 -39 -18 -42 -20 -45 -22 60 -30 64 -30 68 -30 24 24 26 27 28 30 -24 12 -25 10 -26 8 30 33 32 36 34 39 -27 6 -28 4 -29 2{{$}}
    %doubled = vox.conv_transpose %x, %w strides = [2, 2] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<2x4x2x2xf32>) -> tensor<1x2x4x6xf32>

    // The third row is between two windows: nothing but bias.
    // CHECK: values: "stride_above_kernel" -29.5 -11.5 -32.5 -13.5 -35.5 -15.5 48.5 -29.5 52.5 -29.5 56.5 -29.5 0.5 0.5 0.5 0.5 0.5 0.5 -38.5 -17.5 -41.5 -19.5 -44.5 -21.5 60.5 -29.5 64.5 -29.5 68.5 -29.5 14 14 16 17 18 20 -34 2 -35 0 -36 -2 -10 -10 -10 -10 -10 -10 20 23 22 26 24 29 -37 -4 -38 -6 -39 -8{{$}}
    %stride_above_kernel = vox.conv_transpose %x, %w bias %b strides = [3, 2] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<2x4x2x2xf32>, tensor<2xf32>) -> tensor<1x2x5x6xf32>

    // CHECK: values: "asymmetric" 48 22 -39 -60 60 34 -24 -13 30 65 -27 -22{{$}}
    %asymmetric = vox.conv_transpose %x, %w strides = [2, 1] dilations = [1, 1]
        pads = [1, 0, 0, 2] output_pads = [0, 0] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<2x4x2x2xf32>) -> tensor<1x2x3x2xf32>

    // Zeros behind the last window.
    // CHECK: values: "output_pads" 48 0 50 0 52 0 0 0 0 0 0 0 0 0 0 0 0 0 54 0 56 0 58 0 0 0 0 0 0 0 0 0 0 0 0 0{{$}}
    %output_pads = vox.conv_transpose %x, %point strides = [3, 2] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [2, 1] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<1x4x1x1xf32>) -> tensor<1x1x6x6xf32>

    // Extended by less than the dilation, more than the stride.
    // CHECK: values: "dilated" -41.5 -17.5 -44.5 -19.5 0.5 -21.5 0.5 52.5 -29.5 56.5 -29.5 0.5 -29.5 0.5 64.5 -29.5 68.5 -29.5 0.5 -29.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 22 23 24 26 -10 29 -10 -35 2 -36 0 -10 -2 -10 -38 -4 -39 -6 -10 -8 -10 -10 -10 -10 -10 -10 -10 -10{{$}}
    %dilated = vox.conv_transpose %x, %w bias %b strides = [1, 2] dilations = [2, 3]
        pads = [1, 2, 0, 1] output_pads = [1, 2] groups = 1
        : (tensor<1x4x2x3xf32>, tensor<2x4x2x2xf32>, tensor<2xf32>) -> tensor<1x2x4x7xf32>

    // CHECK: values: "grouped" -12 14 -13 16 -14 -15 20 -16 22 -17 -6 -15 -5 -18 -4 -3 -24 -2 -27 -1 12 -19 13 -20 14 15 -22 16 -23 17 42 -25 45 -26 48 51 -28 54 -29 57{{$}}
    %grouped = vox.conv_transpose %x, %pairs strides = [1, 2] dilations = [1, 1]
        pads = [0, 1, 0, 0] output_pads = [0, 0] groups = 2
        : (tensor<1x4x2x3xf32>, tensor<4x2x1x2xf32>) -> tensor<1x4x2x5xf32>

    // CHECK: values: "depthwise" 0 2 4 0 -2 -4 6 8 10 -6 -8 -10 -6 -7 -8 0 0 0 -9 -10 -11 0 0 0 12 13 14 -12 -13 -14 15 16 17 -15 -16 -17 0 0 0 18 19 20 0 0 0 21 22 23{{$}}
    %depthwise = vox.conv_transpose %x, %single strides = [2, 1] dilations = [1, 1]
        pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 4
        : (tensor<1x4x2x3xf32>, tensor<4x1x2x1xf32>) -> tensor<1x4x4x3xf32>

    // CHECK: values: "one_dimension" 0 1 2 1 4 -2 0 0 3 -1 8 -2 4 0 6 1 8 1 10 -5 0 -3 18 -4 23 -5 10 0{{$}}
    %one_dimension = vox.conv_transpose %line, %w1 strides = [2] dilations = [1]
        pads = [1, 0] output_pads = [1] groups = 1
        : (tensor<2x1x3xf32>, tensor<2x1x3xf32>) -> tensor<2x2x7xf32>

    // CHECK: values: "three_dimensions" 3 11 0 0 -5 10 0 0{{$}}
    %three_dimensions = vox.conv_transpose %volume, %w3 strides = [1, 2, 1] dilations = [1, 1, 1]
        pads = [0, 0, 1, 1, 0, 0] output_pads = [0, 1, 0] groups = 1
        : (tensor<1x2x2x1x2xf32>, tensor<1x2x2x1x2xf32>) -> tensor<1x1x2x2x2xf32>

    // By hand: 0 times infinity is NaN; what a window does not reach stays 0.
    // CHECK: values: "infinite_weight" nan 0 0 inf 1 0 inf 2 inf 3 0 inf 4 0 inf 5{{$}}
    %infinite_weight = vox.conv_transpose %line, %inf strides = [3] dilations = [1]
        pads = [0, 0] output_pads = [0] groups = 1
        : (tensor<2x1x3xf32>, tensor<1x1x2xf32>) -> tensor<2x1x8xf32>

    return %plain, %doubled, %stride_above_kernel, %asymmetric, %output_pads, %dilated, %grouped, %depthwise, %one_dimension, %three_dimensions, %infinite_weight :
      tensor<1x2x3x4xf32>, tensor<1x2x4x6xf32>, tensor<1x2x5x6xf32>, tensor<1x2x3x2xf32>, tensor<1x1x6x6xf32>, tensor<1x2x4x7xf32>, tensor<1x4x2x5xf32>, tensor<1x4x4x3xf32>, tensor<2x2x7xf32>, tensor<1x1x2x2x2xf32>, tensor<2x1x8xf32>
}
