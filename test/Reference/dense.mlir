// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Matrix products of x = 0, 1, 2, ... Expected values: PyTorch 2.15, float64.
// The last case by hand: in float32 the sum would be 0.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}, %batch: tensor<2x2x3xf32> {vox.name = "batch"}, %vector: tensor<3xf32> {vox.name = "vector"}) -> (
      tensor<2x2xf32> {vox.name = "biased"},
      tensor<2x2x2xf32> {vox.name = "batched"},
      tensor<2xf32> {vox.name = "vector_product"},
      tensor<1xf32> {vox.name = "double_precision"},
      tensor<2x1x2xf32> {vox.name = "matmul"},
      tensor<2x2x2x2xf32> {vox.name = "broadcast"}) {
    %w = vox.constant dense<[[1.0, 0.0, -1.0], [2.0, 3.0, 0.5]]> : tensor<2x3xf32>
    %b = vox.constant dense<[10.0, -1.0]> : tensor<2xf32>
    %cancelling = vox.constant dense<[[1.0, 1.0, -1.0]]> : tensor<1x3xf32>
    %huge = vox.constant dense<[16777216.0, 1.0, 16777216.0]> : tensor<3xf32>

    // CHECK: values: "biased" 8 3 8 19.5{{$}}
    %biased = vox.dense %x, %w bias %b
        : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x2xf32>

    // CHECK: values: "batched" -2 4 -2 20.5 -2 37 -2 53.5{{$}}
    %batched = vox.dense %batch, %w
        : (tensor<2x2x3xf32>, tensor<2x3xf32>) -> tensor<2x2x2xf32>

    // CHECK: values: "vector_product" 8 3{{$}}
    %vector_product = vox.dense %vector, %w bias %b
        : (tensor<3xf32>, tensor<2x3xf32>, tensor<2xf32>) -> tensor<2xf32>

    // CHECK: values: "double_precision" 1{{$}}
    %double_precision = vox.dense %huge, %cancelling
        : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>

    // By hand: (0 1 2) and (1 1 1) by matrices of 0, 1, 2, ...
    // CHECK: values: "matmul" 10 13 24 27{{$}}
    %rows = vox.constant dense<[[[0.0, 1.0, 2.0]], [[1.0, 1.0, 1.0]]]> : tensor<2x1x3xf32>
    %columns = vox.constant dense<[[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], [[6.0, 7.0], [8.0, 9.0], [10.0, 11.0]]]> : tensor<2x3x2xf32>
    %matmul = vox.matmul %rows, %columns
        : (tensor<2x1x3xf32>, tensor<2x3x2xf32>) -> tensor<2x1x2xf32>

    // Each batch of x by each of the columns: numpy.
    // CHECK: values: "broadcast" 10 13 28 40 28 31 100 112 46 67 64 94 172 193 244 274{{$}}
    %four = vox.reshape %batch : tensor<2x2x3xf32> -> tensor<2x1x2x3xf32>
    %broadcast = vox.matmul %four, %columns
        : (tensor<2x1x2x3xf32>, tensor<2x3x2xf32>) -> tensor<2x2x2x2xf32>

    return %biased, %batched, %vector_product, %double_precision, %matmul, %broadcast :
      tensor<2x2xf32>, tensor<2x2x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<2x1x2xf32>, tensor<2x2x2x2xf32>
}
