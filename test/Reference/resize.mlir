// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Another resolution, x = 0, 1, 2, ... being its own positions. Expected values:
// the reference evaluator of ONNX 1.23, where nothing else is said.

func.func @main(%line: tensor<4xf32> {vox.name = "line"}, %one: tensor<1xf32> {vox.name = "one"}, %plane: tensor<2x3xf32> {vox.name = "plane"}, %volume: tensor<2x1x2x2xf32> {vox.name = "volume"}, %five: tensor<5xf32> {vox.name = "five"}) -> (
      tensor<8xf32> {vox.name = "linear_up_half_pixel"},
      tensor<2xf32> {vox.name = "linear_down_half_pixel"},
      tensor<8xf32> {vox.name = "linear_up_pytorch_half_pixel"},
      tensor<2xf32> {vox.name = "linear_down_pytorch_half_pixel"},
      tensor<8xf32> {vox.name = "linear_up_align_corners"},
      tensor<2xf32> {vox.name = "linear_down_align_corners"},
      tensor<8xf32> {vox.name = "linear_up_asymmetric"},
      tensor<2xf32> {vox.name = "linear_down_asymmetric"},
      tensor<6xf32> {vox.name = "nearest_half_pixel_round_prefer_floor"},
      tensor<6xf32> {vox.name = "nearest_half_pixel_round_prefer_ceil"},
      tensor<6xf32> {vox.name = "nearest_half_pixel_floor"},
      tensor<6xf32> {vox.name = "nearest_half_pixel_ceil"},
      tensor<6xf32> {vox.name = "nearest_align_corners_round_prefer_floor"},
      tensor<6xf32> {vox.name = "nearest_align_corners_round_prefer_ceil"},
      tensor<6xf32> {vox.name = "nearest_align_corners_floor"},
      tensor<6xf32> {vox.name = "nearest_align_corners_ceil"},
      tensor<8xf32> {vox.name = "nearest_asymmetric_round_prefer_floor"},
      tensor<8xf32> {vox.name = "nearest_asymmetric_round_prefer_ceil"},
      tensor<8xf32> {vox.name = "nearest_asymmetric_floor"},
      tensor<8xf32> {vox.name = "nearest_asymmetric_ceil"},
      tensor<2xf32> {vox.name = "nearest_down_tie_floor"},
      tensor<2xf32> {vox.name = "nearest_down_tie_ceil"},
      tensor<1xf32> {vox.name = "one_half_pixel"},
      tensor<1xf32> {vox.name = "one_pytorch_half_pixel"},
      tensor<1xf32> {vox.name = "one_align_corners"},
      tensor<3xf32> {vox.name = "from_one"},
      tensor<4x6xf32> {vox.name = "both_dimensions"},
      tensor<4x5xf32> {vox.name = "corners"},
      tensor<2x2x3x4xf32> {vox.name = "three_dimensions"},
      tensor<6xi8> {vox.name = "integers"},
      tensor<6xf32> {vox.name = "infinite_element"},
      tensor<7xf32> {vox.name = "corners_of_float32"},
      tensor<1xf32> {vox.name = "tiny_scale"}) {
    %numbers = vox.constant dense<[7, -128, 127]> : tensor<3xi8>
    %infinite = vox.constant dense<[1.0, 0x7F800000, 3.0]> : tensor<3xf32>

    // CHECK: values: "linear_up_half_pixel" 0 0.25 0.75 1.25 1.75 2.25 2.75 3{{$}}
    %linear_up_half_pixel = vox.resize linear %line scales = [2.0] coordinates = half_pixel rounding = floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "linear_down_half_pixel" 0.3333333 1.9999999{{$}}
    %linear_down_half_pixel = vox.resize linear %line scales = [0.6000000238418579] coordinates = half_pixel rounding = floor
        : tensor<4xf32> -> tensor<2xf32>

    // CHECK: values: "linear_up_pytorch_half_pixel" 0 0.25 0.75 1.25 1.75 2.25 2.75 3{{$}}
    %linear_up_pytorch_half_pixel = vox.resize linear %line scales = [2.0] coordinates = pytorch_half_pixel rounding = floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "linear_down_pytorch_half_pixel" 0.3333333 1.9999999{{$}}
    %linear_down_pytorch_half_pixel = vox.resize linear %line scales = [0.6000000238418579] coordinates = pytorch_half_pixel rounding = floor
        : tensor<4xf32> -> tensor<2xf32>

    // CHECK: values: "linear_up_align_corners" 0 0.428571429 0.857142857 1.28571429 1.71428571 2.14285714 2.57142857 3{{$}}
    %linear_up_align_corners = vox.resize linear %line scales = [2.0] coordinates = align_corners rounding = floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "linear_down_align_corners" 0 2.142857{{$}}
    %linear_down_align_corners = vox.resize linear %line scales = [0.6000000238418579] coordinates = align_corners rounding = floor
        : tensor<4xf32> -> tensor<2xf32>

    // CHECK: values: "linear_up_asymmetric" 0 0.5 1 1.5 2 2.5 3 3{{$}}
    %linear_up_asymmetric = vox.resize linear %line scales = [2.0] coordinates = asymmetric rounding = floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "linear_down_asymmetric" 0 1.6666666{{$}}
    %linear_down_asymmetric = vox.resize linear %line scales = [0.6000000238418579] coordinates = asymmetric rounding = floor
        : tensor<4xf32> -> tensor<2xf32>

    // CHECK: values: "nearest_half_pixel_round_prefer_floor" 0 0 1 2 2 3{{$}}
    %nearest_half_pixel_round_prefer_floor = vox.resize nearest %line scales = [1.5] coordinates = half_pixel rounding = round_prefer_floor
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_half_pixel_round_prefer_ceil" 0 1 1 2 3 3{{$}}
    %nearest_half_pixel_round_prefer_ceil = vox.resize nearest %line scales = [1.5] coordinates = half_pixel rounding = round_prefer_ceil
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_half_pixel_floor" 0 0 1 1 2 3{{$}}
    %nearest_half_pixel_floor = vox.resize nearest %line scales = [1.5] coordinates = half_pixel rounding = floor
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_half_pixel_ceil" 0 1 2 2 3 3{{$}}
    %nearest_half_pixel_ceil = vox.resize nearest %line scales = [1.5] coordinates = half_pixel rounding = ceil
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_align_corners_round_prefer_floor" 0 1 1 2 2 3{{$}}
    %nearest_align_corners_round_prefer_floor = vox.resize nearest %line scales = [1.5] coordinates = align_corners rounding = round_prefer_floor
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_align_corners_round_prefer_ceil" 0 1 1 2 2 3{{$}}
    %nearest_align_corners_round_prefer_ceil = vox.resize nearest %line scales = [1.5] coordinates = align_corners rounding = round_prefer_ceil
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_align_corners_floor" 0 0 1 1 2 3{{$}}
    %nearest_align_corners_floor = vox.resize nearest %line scales = [1.5] coordinates = align_corners rounding = floor
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_align_corners_ceil" 0 1 2 2 3 3{{$}}
    %nearest_align_corners_ceil = vox.resize nearest %line scales = [1.5] coordinates = align_corners rounding = ceil
        : tensor<4xf32> -> tensor<6xf32>

    // CHECK: values: "nearest_asymmetric_round_prefer_floor" 0 0 1 1 2 2 3 3{{$}}
    %nearest_asymmetric_round_prefer_floor = vox.resize nearest %line scales = [2.0] coordinates = asymmetric rounding = round_prefer_floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "nearest_asymmetric_round_prefer_ceil" 0 1 1 2 2 3 3 3{{$}}
    %nearest_asymmetric_round_prefer_ceil = vox.resize nearest %line scales = [2.0] coordinates = asymmetric rounding = round_prefer_ceil
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "nearest_asymmetric_floor" 0 0 1 1 2 2 3 3{{$}}
    %nearest_asymmetric_floor = vox.resize nearest %line scales = [2.0] coordinates = asymmetric rounding = floor
        : tensor<4xf32> -> tensor<8xf32>

    // CHECK: values: "nearest_asymmetric_ceil" 0 1 1 2 2 3 3 3{{$}}
    %nearest_asymmetric_ceil = vox.resize nearest %line scales = [2.0] coordinates = asymmetric rounding = ceil
        : tensor<4xf32> -> tensor<8xf32>

    // Position 0.5, then 2.5: a tie.
    // CHECK: values: "nearest_down_tie_floor" 0 2{{$}}
    %nearest_down_tie_floor = vox.resize nearest %line scales = [0.5] coordinates = half_pixel rounding = round_prefer_floor
        : tensor<4xf32> -> tensor<2xf32>

    // CHECK: values: "nearest_down_tie_ceil" 1 3{{$}}
    %nearest_down_tie_ceil = vox.resize nearest %line scales = [0.5] coordinates = half_pixel rounding = round_prefer_ceil
        : tensor<4xf32> -> tensor<2xf32>

    // The middle of the input; with pytorch_half_pixel its first element.
    // CHECK: values: "one_half_pixel" 1.5{{$}}
    %one_half_pixel = vox.resize linear %line scales = [0.25] coordinates = half_pixel rounding = floor
        : tensor<4xf32> -> tensor<1xf32>

    // CHECK: values: "one_pytorch_half_pixel" 0{{$}}
    %one_pytorch_half_pixel = vox.resize linear %line scales = [0.25] coordinates = pytorch_half_pixel rounding = floor
        : tensor<4xf32> -> tensor<1xf32>

    // CHECK: values: "one_align_corners" 0{{$}}
    %one_align_corners = vox.resize linear %line scales = [0.25] coordinates = align_corners rounding = floor
        : tensor<4xf32> -> tensor<1xf32>

    // CHECK: values: "from_one" 0 0 0{{$}}
    %from_one = vox.resize linear %one scales = [3.0] coordinates = half_pixel rounding = floor
        : tensor<1xf32> -> tensor<3xf32>

    // CHECK: values: "both_dimensions" 0 0.25 0.75 1.25 1.75 2 0.75 1 1.5 2 2.5 2.75 2.25 2.5 3 3.5 4 4.25 3 3.25 3.75 4.25 4.75 5{{$}}
    %both_dimensions = vox.resize linear %plane scales = [2.0, 2.0] coordinates = half_pixel rounding = floor
        : tensor<2x3xf32> -> tensor<4x6xf32>

    // CHECK: values: "corners" 0 0.5 1 1.5 2 1 1.5 2 2.5 3 2 2.5 3 3.5 4 3 3.5 4 4.5 5{{$}}
    %corners = vox.resize linear %plane scales = [2.0, 1.6666667461395264] coordinates = align_corners rounding = floor
        : tensor<2x3xf32> -> tensor<4x5xf32>

    // CHECK: values: "three_dimensions" 0 0.5 1 1 1.33333333 1.83333333 2.33333333 2.33333333 2 2.5 3 3 0 0.5 1 1 1.33333333 1.83333333 2.33333333 2.33333333 2 2.5 3 3 4 4.5 5 5 5.33333333 5.83333333 6.33333333 6.33333333 6 6.5 7 7 4 4.5 5 5 5.33333333 5.83333333 6.33333333 6.33333333 6 6.5 7 7{{$}}
    %three_dimensions = vox.resize linear %volume scales = [1.0, 2.0, 1.5, 2.0] coordinates = asymmetric rounding = floor
        : tensor<2x1x2x2xf32> -> tensor<2x2x3x4xf32>

    // By hand, as what follows.
    // CHECK: values: "integers" 7 7 -128 -128 127 127{{$}}
    %integers = vox.resize nearest %numbers scales = [2.0] coordinates = asymmetric rounding = floor
        : tensor<3xi8> -> tensor<6xi8>

    // An element of weight 0 is not read.
    // CHECK: values: "infinite_element" 1 inf inf inf 3 3{{$}}
    %infinite_element = vox.resize linear %infinite scales = [2.0] coordinates = asymmetric rounding = floor
        : tensor<3xf32> -> tensor<6xf32>

    // The scale is 1.4 in float32: the length is 7, not 6.9999999.
    // CHECK: values: "corners_of_float32" 0 0 1 2 2 3 4{{$}}
    %corners_of_float32 = vox.resize nearest %five scales = [1.3999999761581421] coordinates = align_corners rounding = floor
        : tensor<5xf32> -> tensor<7xf32>

    // Far outside.
    // CHECK: values: "tiny_scale" 3{{$}}
    %tiny_scale = vox.resize nearest %line scales = [5.0e-17] coordinates = half_pixel rounding = floor
        : tensor<4xf32> -> tensor<1xf32>

    return %linear_up_half_pixel, %linear_down_half_pixel, %linear_up_pytorch_half_pixel, %linear_down_pytorch_half_pixel, %linear_up_align_corners, %linear_down_align_corners, %linear_up_asymmetric, %linear_down_asymmetric, %nearest_half_pixel_round_prefer_floor, %nearest_half_pixel_round_prefer_ceil, %nearest_half_pixel_floor, %nearest_half_pixel_ceil, %nearest_align_corners_round_prefer_floor, %nearest_align_corners_round_prefer_ceil, %nearest_align_corners_floor, %nearest_align_corners_ceil, %nearest_asymmetric_round_prefer_floor, %nearest_asymmetric_round_prefer_ceil, %nearest_asymmetric_floor, %nearest_asymmetric_ceil, %nearest_down_tie_floor, %nearest_down_tie_ceil, %one_half_pixel, %one_pytorch_half_pixel, %one_align_corners, %from_one, %both_dimensions, %corners, %three_dimensions, %integers, %infinite_element, %corners_of_float32, %tiny_scale :
      tensor<8xf32>, tensor<2xf32>, tensor<8xf32>, tensor<2xf32>, tensor<8xf32>, tensor<2xf32>, tensor<8xf32>, tensor<2xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<3xf32>, tensor<4x6xf32>, tensor<4x5xf32>, tensor<2x2x3x4xf32>, tensor<6xi8>, tensor<6xf32>, tensor<7xf32>, tensor<1xf32>
}
