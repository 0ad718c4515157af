// The operations of each op's definition, and the bytes of its operands (each
// once) and result, as profiles show them. Without fusion there is a launch per
// op.

// RUN: vox-run %s -O0 --target=avx2 --exportProfile=%t.json
// RUN: %python -c "import json; [print(l['layers'], int(l['flops']), int(l['bytes'])) for l in json.load(open('%t.json'))['launches']]" \
// RUN:     | FileCheck %s

// 4x6x6 results of 3x3 taps of 2 channels; 2x8x8 + 4x2x9 + 4 + 4x6x6 floats.
// CHECK-DAG: conv 5184 1392

// Each of 4x6x6 inputs goes into 3 channels at 2x2 places.
// CHECK-DAG: up 3456 {{[0-9]+}}

// CHECK-DAG: depthwise 1152 {{[0-9]+}}
// CHECK-DAG: relu 144 1152
// CHECK-DAG: norm 288 1184
// CHECK-DAG: softmax 720 1152
// CHECK-DAG: argmax 144 864
// CHECK-DAG: pool 144 720
// CHECK-DAG: average 144 592
// CHECK-DAG: dense 40 {{[0-9]+}}
// CHECK-DAG: nearest 0 2880
// CHECK-DAG: linear 4608 2880
// CHECK-DAG: mul 4 32
// CHECK-DAG: cast 0 432

func.func @main(%x: tensor<1x2x8x8xf32>)
    -> (tensor<1x3x12x12xf32>, tensor<1x4x4x4xf32>, tensor<1x1x6x6xi32>,
        tensor<1x4x3x3xf32>, tensor<1x5xf32>, tensor<1x4x12x12xf32>,
        tensor<1x4x12x12xf32>, tensor<1x4xf32>) {
  %w = vox.constant dense<0.1> : tensor<4x2x3x3xf32>
  %b = vox.constant dense<[0.1, 0.2, 0.3, 0.4]> : tensor<4xf32>
  %one = vox.constant dense<1.0> : tensor<4xf32>
  %0 = vox.conv %x, %w bias %b strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1 {layer = "conv"}
      : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>, tensor<4xf32>)
      -> tensor<1x4x6x6xf32>
  %wt = vox.constant dense<0.1> : tensor<3x4x2x2xf32>
  %up = vox.conv_transpose %0, %wt strides = [2, 2] dilations = [1, 1]
      pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1 {layer = "up"}
      : (tensor<1x4x6x6xf32>, tensor<3x4x2x2xf32>) -> tensor<1x3x12x12xf32>
  %wd = vox.constant dense<0.1> : tensor<4x1x3x3xf32>
  %depthwise = vox.conv %0, %wd strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 4 {layer = "depthwise"}
      : (tensor<1x4x6x6xf32>, tensor<4x1x3x3xf32>) -> tensor<1x4x4x4xf32>
  %relu = vox.activation #vox.relu %0 {layer = "relu"} : tensor<1x4x6x6xf32>
  %norm = vox.batch_norm %relu scale %one bias %b mean %b variance %one
      epsilon = 1.0e-5 {layer = "norm"}
      : tensor<1x4x6x6xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,
        tensor<4xf32>
  %softmax = vox.softmax %norm axis = 1 {layer = "softmax"}
      : tensor<1x4x6x6xf32>
  %argmax = vox.argmax %softmax axis = 1 {layer = "argmax"}
      : tensor<1x4x6x6xf32> -> tensor<1x1x6x6xi64>
  %cast = vox.cast %argmax : tensor<1x1x6x6xi64> -> tensor<1x1x6x6xi32>
  %pool = vox.pool max %norm kernel = [2, 2] strides = [2, 2]
      dilations = [1, 1] pads = [0, 0, 0, 0] {layer = "pool"}
      : tensor<1x4x6x6xf32> -> tensor<1x4x3x3xf32>
  %average = vox.global_pool average %0 {layer = "average"}
      : tensor<1x4x6x6xf32> -> tensor<1x4x1x1xf32>
  %flat = vox.reshape %average : tensor<1x4x1x1xf32> -> tensor<1x4xf32>
  %wf = vox.constant dense<0.1> : tensor<5x4xf32>
  %dense = vox.dense %flat, %wf {layer = "dense"}
      : (tensor<1x4xf32>, tensor<5x4xf32>) -> tensor<1x5xf32>
  %nearest = vox.resize nearest %0 scales = [1.0, 1.0, 2.0, 2.0]
      coordinates = asymmetric rounding = floor {layer = "nearest"}
      : tensor<1x4x6x6xf32> -> tensor<1x4x12x12xf32>
  %linear = vox.resize linear %0 scales = [1.0, 1.0, 2.0, 2.0]
      coordinates = half_pixel rounding = round_prefer_floor
      {layer = "linear"} : tensor<1x4x6x6xf32> -> tensor<1x4x12x12xf32>
  %mul = vox.mul %flat, %flat
      : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %up, %depthwise, %cast, %pool, %dense, %nearest, %linear, %mul
      : tensor<1x3x12x12xf32>, tensor<1x4x4x4xf32>, tensor<1x1x6x6xi32>,
        tensor<1x4x3x3xf32>, tensor<1x5xf32>, tensor<1x4x12x12xf32>,
        tensor<1x4x12x12xf32>, tensor<1x4xf32>
}
