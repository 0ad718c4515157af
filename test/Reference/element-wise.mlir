// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Arithmetic of constants and x = 0, 1, 2, ... with broadcasting. Expected
// values: numpy's rules, by PyTorch 2.15 in float64, and C's for single
// elements.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}, %y: tensor<2x1x3xf32> {vox.name = "y"}) -> (
      tensor<2x3xf32> {vox.name = "add"},
      tensor<2x3xf32> {vox.name = "add_column"},
      tensor<2x3xf32> {vox.name = "sub_row"},
      tensor<2x3xf32> {vox.name = "sub_from_scalar"},
      tensor<2x2x3xf32> {vox.name = "mul_both_ways"},
      tensor<2x2x3xf32> {vox.name = "mul_ranks"},
      tensor<2x3xf32> {vox.name = "div"},
      tensor<3xf32> {vox.name = "div_by_zero"},
      tensor<2x3xf32> {vox.name = "max"},
      tensor<5xf32> {vox.name = "max_odd"},
      tensor<5xf32> {vox.name = "min_odd"},
      tensor<2x3xf32> {vox.name = "square"},
      tensor<9xf32> {vox.name = "pow_odd"},
      tensor<6xf32> {vox.name = "abs"},
      tensor<6xf32> {vox.name = "neg"},
      tensor<6xf32> {vox.name = "exp"},
      tensor<6xf32> {vox.name = "log"},
      tensor<6xf32> {vox.name = "sqrt"},
      tensor<6xf32> {vox.name = "reciprocal"},
      tensor<6xf32> {vox.name = "erf"},
      tensor<5xi1> {vox.name = "equal"},
      tensor<5xi1> {vox.name = "less"},
      tensor<5xi1> {vox.name = "less_or_equal"},
      tensor<5xi1> {vox.name = "greater"},
      tensor<5xi1> {vox.name = "greater_or_equal"},
      tensor<2x3xf32> {vox.name = "select"},
      tensor<2x2x3xf32> {vox.name = "select_broadcast"}) {
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

    %a = vox.constant dense<[1.0, 0x7FC00000, 1.0, 0xFF800000, -1.0]> : tensor<5xf32>
    %b = vox.constant dense<[0.5, 1.0, 0x7FC00000, 1.0, -1.0]> : tensor<5xf32>
    %numbers = vox.constant dense<[-0.0, 0.25, -2.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<6xf32>

    // CHECK: values: "max" 1 2 4 3 4 5{{$}}
    %max = vox.max %x, %row : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>

    // A NaN on either side comes through.
    // CHECK: values: "max_odd" 1 nan nan 1 -1{{$}}
    %max_odd = vox.max %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>

    // CHECK: values: "min_odd" 0.5 nan nan -inf -1{{$}}
    %min_odd = vox.min %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>

    // CHECK: values: "square" 0 1 4 9 16 25{{$}}
    %two = vox.constant dense<2.0> : tensor<f32>
    %square = vox.pow %x, %two : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>

    // CHECK: values: "pow_odd" -8 4 nan 1 1 inf -0 0.125 nan{{$}}
    %base = vox.constant dense<[-2.0, -2.0, -2.0, 1.0, 0x7FC00000, -0.0, -0.0, 2.0, 0x7FC00000]> : tensor<9xf32>
    %exponent = vox.constant dense<[3.0, 2.0, 0.5, 0x7FC00000, 0.0, -2.0, 3.0, -3.0, 1.0]> : tensor<9xf32>
    %pow_odd = vox.pow %base, %exponent : (tensor<9xf32>, tensor<9xf32>) -> tensor<9xf32>

    // CHECK: values: "abs" 0 0.25 2 inf inf nan{{$}}
    %abs = vox.unary abs %numbers : tensor<6xf32>
    // CHECK: values: "neg" 0 -0.25 2 -inf inf {{-?}}nan{{$}}
    %neg = vox.unary neg %numbers : tensor<6xf32>
    // CHECK: values: "exp" 1 1.28402542 0.135335283 inf 0 nan{{$}}
    %exp = vox.unary exp %numbers : tensor<6xf32>
    // CHECK: values: "log" -inf -1.38629436 {{-?}}nan inf {{-?}}nan nan{{$}}
    %log = vox.unary log %numbers : tensor<6xf32>
    // CHECK: values: "sqrt" -0 0.5 {{-?}}nan inf {{-?}}nan nan{{$}}
    %sqrt = vox.unary sqrt %numbers : tensor<6xf32>
    // CHECK: values: "reciprocal" -inf 4 -0.5 0 -0 nan{{$}}
    %reciprocal = vox.unary reciprocal %numbers : tensor<6xf32>
    // CHECK: values: "erf" -0 0.27632639 -0.995322265 1 -1 nan{{$}}
    %erf = vox.unary erf %numbers : tensor<6xf32>

    // A NaN is in no relation, not even to itself.
    // CHECK: values: "equal" 0 0 0 0 1{{$}}
    %equal = vox.compare equal %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    // CHECK: values: "less" 0 0 0 1 0{{$}}
    %less = vox.compare less %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    // CHECK: values: "less_or_equal" 0 0 0 1 1{{$}}
    %less_or_equal = vox.compare less_or_equal %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    // CHECK: values: "greater" 1 0 0 0 0{{$}}
    %greater = vox.compare greater %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    // CHECK: values: "greater_or_equal" 1 0 0 0 1{{$}}
    %greater_or_equal = vox.compare greater_or_equal %a, %b : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>

    // CHECK: values: "select" 0 1 2 0.5 0.5 0.5{{$}}
    %small = vox.compare less %x, %row : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
    %select = vox.select %small, %x, %scalar : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>

    // The condition selects columns.
    // CHECK: values: "select_broadcast" 10 1 10 20 1 20 10 4 10 20 4 20{{$}}
    %columns = vox.constant dense<[false, true, false]> : tensor<3xi1>
    %select_broadcast = vox.select %columns, %y, %column : (tensor<3xi1>, tensor<2x1x3xf32>, tensor<2x1xf32>) -> tensor<2x2x3xf32>

    return %add, %add_column, %sub_row, %sub_from_scalar, %mul_both_ways, %mul_ranks, %div, %div_by_zero, %max, %max_odd, %min_odd, %square, %pow_odd, %abs, %neg, %exp, %log, %sqrt, %reciprocal, %erf, %equal, %less, %less_or_equal, %greater, %greater_or_equal, %select, %select_broadcast :
      tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x2x3xf32>, tensor<2x2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<5xf32>, tensor<5xf32>, tensor<2x3xf32>, tensor<9xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<5xi1>, tensor<2x3xf32>, tensor<2x2x3xf32>
}
