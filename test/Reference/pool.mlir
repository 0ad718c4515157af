// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Pools of x = 0, 1, 2, ... with each attribute. Expected values: PyTorch 2.15
// in float64 where it has the attributes, by hand where a comment says so.

func.func @main(%x: tensor<1x1x4x5xf32> {vox.name = "x"}, %line: tensor<1x1x6xf32> {vox.name = "line"}, %volume: tensor<1x2x2x2x2xf32> {vox.name = "volume"}) -> (
      tensor<1x1x2x2xf32> {vox.name = "max"},
      tensor<1x1x2x3xf32> {vox.name = "max_padded"},
      tensor<1x1x2x3xf32> {vox.name = "max_asymmetric"},
      tensor<1x1x2x2xf32> {vox.name = "max_dilated"},
      tensor<1x1x2x3xf32> {vox.name = "max_ceil"},
      tensor<1x1x5xf32> {vox.name = "max_of_odd"},
      tensor<1x1x3x2xf32> {vox.name = "average"},
      tensor<1x1x2x3xf32> {vox.name = "average_padded"},
      tensor<1x1x2x3xf32> {vox.name = "average_counted"},
      tensor<1x1x3xf32> {vox.name = "average_ceil"},
      tensor<1x1x3xf32> {vox.name = "average_ceil_counted"},
      tensor<1x1x5xf32> {vox.name = "average_dilated"},
      tensor<1x2x1x2x1xf32> {vox.name = "three_dimensions"},
      tensor<1x2x1x1x1xf32> {vox.name = "global_max"},
      tensor<1x2x1x1x1xf32> {vox.name = "global_average"},
      tensor<1x1x1xf32> {vox.name = "global_max_of_odd"},
      tensor<1x1x2x3xi64> {vox.name = "indices"},
      tensor<1x1x2x3xi64> {vox.name = "indices_column_major"},
      tensor<1x2x1x2x1xi64> {vox.name = "indices_3d"},
      tensor<1x1x5xi64> {vox.name = "indices_of_odd"}) {
    %odd = vox.constant dense<[[[1.0, 0x7FC00000, 3.0, 0xFF800000, 0xFF800000, 0x7F800000]]]> : tensor<1x1x6xf32>

    // CHECK: values: "max" 6 8 16 18{{$}}
    %max = vox.pool max %x kernel = [2, 2] strides = [2, 2]
        dilations = [1, 1] pads = [0, 0, 0, 0]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x2xf32>

    // CHECK: values: "max_padded" 6 8 9 16 18 19{{$}}
    %max_padded = vox.pool max %x kernel = [3, 3] strides = [2, 2]
        dilations = [1, 1] pads = [1, 1, 1, 1]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xf32>

    // CHECK: values: "max_asymmetric" 5 7 9 15 17 19{{$}}
    %max_asymmetric = vox.pool max %x kernel = [2, 3] strides = [2, 2]
        dilations = [1, 1] pads = [0, 2, 1, 0]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xf32>

    // CHECK: values: "max_dilated" 13 14 18 19{{$}}
    %max_dilated = vox.pool max %x kernel = [2, 2] strides = [1, 1]
        dilations = [2, 3] pads = [0, 0, 0, 0]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x2xf32>

    // CHECK: values: "max_ceil" 11 13 14 16 18 19{{$}}
    %max_ceil = vox.pool max %x kernel = [3, 2] strides = [2, 2]
        dilations = [1, 1] pads = [0, 0, 0, 0] {ceil_mode}
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xf32>

    // By hand: NaN wins, infinities are numbers.
    // CHECK: values: "max_of_odd" nan nan 3 -inf inf{{$}}
    %max_of_odd = vox.pool max %odd kernel = [2] strides = [1]
        dilations = [1] pads = [0, 0]
        : tensor<1x1x6xf32> -> tensor<1x1x5xf32>

    // CHECK: values: "average" 3 6 8 11 13 16{{$}}
    %average = vox.pool average %x kernel = [2, 2] strides = [1, 3]
        dilations = [1, 1] pads = [0, 0, 0, 0]
        : tensor<1x1x4x5xf32> -> tensor<1x1x3x2xf32>

    // CHECK: values: "average_padded" 3 4.5 6 10.5 12 13.5{{$}}
    %average_padded = vox.pool average %x kernel = [3, 3] strides = [2, 2]
        dilations = [1, 1] pads = [1, 1, 1, 1]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xf32>

    // CHECK: values: "average_counted" 1.33333333 3 2.66666667 7 12 9{{$}}
    %average_counted = vox.pool average %x kernel = [3, 3] strides = [2, 2]
        dilations = [1, 1] pads = [1, 1, 1, 1] {count_include_pad}
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xf32>

    // CHECK: values: "average_ceil" 1 3.5 5{{$}}
    %average_ceil = vox.pool average %line kernel = [4] strides = [3]
        dilations = [1] pads = [1, 1] {ceil_mode}
        : tensor<1x1x6xf32> -> tensor<1x1x3xf32>

    // The last window reaches beyond the padding, where nothing is counted.
    // CHECK: values: "average_ceil_counted" 0.75 3.5 2.5{{$}}
    %average_ceil_counted = vox.pool average %line kernel = [4] strides = [3]
        dilations = [1] pads = [1, 1] {ceil_mode, count_include_pad}
        : tensor<1x1x6xf32> -> tensor<1x1x3xf32>

    // By hand: (1), (2), (0 + 3) / 2, (1 + 4) / 2, (2 + 5) / 2.
    // CHECK: values: "average_dilated" 1 2 1.5 2.5 3.5{{$}}
    %average_dilated = vox.pool average %line kernel = [2] strides = [1]
        dilations = [3] pads = [2, 0]
        : tensor<1x1x6xf32> -> tensor<1x1x5xf32>

    // CHECK: values: "three_dimensions" 2.5 4.5 10.5 12.5{{$}}
    %three_dimensions = vox.pool average %volume kernel = [2, 1, 2] strides = [1, 1, 1]
        dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0]
        : tensor<1x2x2x2x2xf32> -> tensor<1x2x1x2x1xf32>

    // CHECK: values: "global_max" 7 15{{$}}
    %global_max = vox.global_pool max %volume : tensor<1x2x2x2x2xf32> -> tensor<1x2x1x1x1xf32>

    // CHECK: values: "global_average" 3.5 11.5{{$}}
    %global_average = vox.global_pool average %volume : tensor<1x2x2x2x2xf32> -> tensor<1x2x1x1x1xf32>

    // CHECK: values: "global_max_of_odd" nan{{$}}
    %global_max_of_odd = vox.global_pool max %odd : tensor<1x1x6xf32> -> tensor<1x1x1xf32>

    // What max_padded found: the elements are their own positions.
    // CHECK: values: "indices" 6 8 9 16 18 19{{$}}
    %indices = vox.pool_indices %x kernel = [3, 3] strides = [2, 2]
        dilations = [1, 1] pads = [1, 1, 1, 1]
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xi64>

    // Row y, column x of 4 x 5 is number y + 4 x.
    // CHECK: values: "indices_column_major" 5 13 17 7 15 19{{$}}
    %indices_column_major = vox.pool_indices %x kernel = [3, 3] strides = [2, 2]
        dilations = [1, 1] pads = [1, 1, 1, 1] {column_major}
        : tensor<1x1x4x5xf32> -> tensor<1x1x2x3xi64>

    // Positions (1, 0, 1) and (1, 1, 1) of each channel of 2 x 2 x 2.
    // CHECK: values: "indices_3d" 5 7 13 15{{$}}
    %indices_3d = vox.pool_indices %volume kernel = [2, 1, 2] strides = [1, 1, 1]
        dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0] {column_major}
        : tensor<1x2x2x2x2xf32> -> tensor<1x2x1x2x1xi64>

    // By hand: the NaN at 1, and the first of equals.
    // CHECK: values: "indices_of_odd" 1 1 2 3 5{{$}}
    %indices_of_odd = vox.pool_indices %odd kernel = [2] strides = [1]
        dilations = [1] pads = [0, 0]
        : tensor<1x1x6xf32> -> tensor<1x1x5xi64>

    return %max, %max_padded, %max_asymmetric, %max_dilated, %max_ceil, %max_of_odd, %average, %average_padded, %average_counted, %average_ceil, %average_ceil_counted, %average_dilated, %three_dimensions, %global_max, %global_average, %global_max_of_odd, %indices, %indices_column_major, %indices_3d, %indices_of_odd :
      tensor<1x1x2x2xf32>, tensor<1x1x2x3xf32>, tensor<1x1x2x3xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x3xf32>, tensor<1x1x5xf32>, tensor<1x1x3x2xf32>, tensor<1x1x2x3xf32>, tensor<1x1x2x3xf32>, tensor<1x1x3xf32>, tensor<1x1x3xf32>, tensor<1x1x5xf32>, tensor<1x2x1x2x1xf32>, tensor<1x2x1x1x1xf32>, tensor<1x2x1x1x1xf32>, tensor<1x1x1xf32>, tensor<1x1x2x3xi64>, tensor<1x1x2x3xi64>, tensor<1x2x1x2x1xi64>, tensor<1x1x5xi64>
}
