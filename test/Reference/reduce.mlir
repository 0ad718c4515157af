// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Positions of the greatest elements, sums, means and extremes. Expected values:
// numpy, select_last by hand.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}) -> (
      tensor<2x1xi64> {vox.name = "rows"},
      tensor<1x3xi64> {vox.name = "columns"},
      tensor<3x1x2xi64> {vox.name = "middle"},
      tensor<3x1x2xi64> {vox.name = "middle_last"},
      tensor<1xi64> {vox.name = "zeros"},
      tensor<1xi64> {vox.name = "zeros_last"},
      tensor<3x1xi64> {vox.name = "odd"},
      tensor<3x1xi64> {vox.name = "odd_last"},
      tensor<2x3xf32> {vox.name = "shifted"},
      tensor<2x1x2xf32> {vox.name = "sum"},
      tensor<1x3x1xf32> {vox.name = "mean"},
      tensor<1x1x1xf32> {vox.name = "max"},
      tensor<2x3x1xf32> {vox.name = "min"},
      tensor<2x3x2xf32> {vox.name = "none"},
      tensor<3x1xf32> {vox.name = "sum_odd"},
      tensor<3x1xf32> {vox.name = "max_odd"},
      tensor<3x1xf32> {vox.name = "min_odd"}) {
    %ties = vox.constant dense<[[[1.0, 2.0], [3.0, 2.0], [3.0, 1.0]],
                                [[5.0, 0.0], [4.0, 0.0], [5.0, 0.0]],
                                [[-3.0, -1.0], [-1.0, -2.0], [-2.0, -1.0]]]> : tensor<3x3x2xf32>
    %zeros = vox.constant dense<[-0.0, 0.0, -0.0]> : tensor<3xf32>
    %odd = vox.constant dense<[[0x7F800000, 0x7FC00000, 1.0, 0x7FC00000, 2.0],
                               [0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000],
                               [1.0, 0x7F800000, 0xFF800000, 0x7F800000, 2.0]]> : tensor<3x5xf32>

    // CHECK: values: "rows" 2 2{{$}}
    %rows = vox.argmax %x axis = 1 : tensor<2x3xf32> -> tensor<2x1xi64>

    // CHECK: values: "columns" 1 1 1{{$}}
    %columns = vox.argmax %x axis = 0 : tensor<2x3xf32> -> tensor<1x3xi64>

    // CHECK: values: "middle" 1 0 0 0 1 0{{$}}
    %middle = vox.argmax %ties axis = 1 : tensor<3x3x2xf32> -> tensor<3x1x2xi64>

    // CHECK: values: "middle_last" 2 1 2 2 1 2{{$}}
    %middle_last = vox.argmax %ties axis = 1 {select_last} : tensor<3x3x2xf32> -> tensor<3x1x2xi64>

    // Zeros of both signs are equal.
    // CHECK: values: "zeros" 0{{$}}
    %zeros_first = vox.argmax %zeros axis = 0 : tensor<3xf32> -> tensor<1xi64>

    // CHECK: values: "zeros_last" 2{{$}}
    %zeros_last = vox.argmax %zeros axis = 0 {select_last} : tensor<3xf32> -> tensor<1xi64>

    // A NaN is greater than infinity; among several the first, or last, counts.
    // CHECK: values: "odd" 1 0 1{{$}}
    %odd_first = vox.argmax %odd axis = 1 : tensor<3x5xf32> -> tensor<3x1xi64>

    // CHECK: values: "odd_last" 3 4 3{{$}}
    %odd_last = vox.argmax %odd axis = 1 {select_last} : tensor<3x5xf32> -> tensor<3x1xi64>

    // Labels go on as numbers.
    // CHECK: values: "shifted" 2 3 4 5 6 7{{$}}
    %numbers = vox.cast %rows : tensor<2x1xi64> -> tensor<2x1xf32>
    %shifted = vox.add %x, %numbers : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>

    %cube = vox.constant dense<[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
                                [[7.0, -8.0], [9.0, 10.0], [11.0, 12.0]]]> : tensor<2x3x2xf32>

    // CHECK: values: "sum" 9 12 27 14{{$}}
    %sum = vox.reduce sum %cube axes = [1] : tensor<2x3x2xf32> -> tensor<2x1x2xf32>
    // CHECK: values: "mean" 0.5 6.5 8.5{{$}}
    %mean = vox.reduce mean %cube axes = [0, 2] : tensor<2x3x2xf32> -> tensor<1x3x1xf32>
    // CHECK: values: "max" 12{{$}}
    %max = vox.reduce max %cube axes = [0, 1, 2] : tensor<2x3x2xf32> -> tensor<1x1x1xf32>
    // CHECK: values: "min" 1 3 5 -8 9 11{{$}}
    %min = vox.reduce min %cube axes = [2] : tensor<2x3x2xf32> -> tensor<2x3x1xf32>
    // CHECK: values: "none" 1 2 3 4 5 6 7 -8 9 10 11 12{{$}}
    %none = vox.reduce mean %cube axes = [] : tensor<2x3x2xf32> -> tensor<2x3x2xf32>

    // CHECK: values: "sum_odd" nan -inf {{-?}}nan{{$}}
    %sum_odd = vox.reduce sum %odd axes = [1] : tensor<3x5xf32> -> tensor<3x1xf32>
    // CHECK: values: "max_odd" nan -inf inf{{$}}
    %max_odd = vox.reduce max %odd axes = [1] : tensor<3x5xf32> -> tensor<3x1xf32>
    // CHECK: values: "min_odd" nan -inf -inf{{$}}
    %min_odd = vox.reduce min %odd axes = [1] : tensor<3x5xf32> -> tensor<3x1xf32>

    return %rows, %columns, %middle, %middle_last, %zeros_first, %zeros_last, %odd_first, %odd_last, %shifted, %sum, %mean, %max, %min, %none, %sum_odd, %max_odd, %min_odd :
      tensor<2x1xi64>, tensor<1x3xi64>, tensor<3x1x2xi64>, tensor<3x1x2xi64>, tensor<1xi64>, tensor<1xi64>, tensor<3x1xi64>, tensor<3x1xi64>, tensor<2x3xf32>, tensor<2x1x2xf32>, tensor<1x3x1xf32>, tensor<1x1x1xf32>, tensor<2x3x1xf32>, tensor<2x3x2xf32>, tensor<3x1xf32>, tensor<3x1xf32>, tensor<3x1xf32>
}
