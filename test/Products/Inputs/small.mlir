// Two inputs, two outputs, and values between them. 1x1 weights keep the
// arithmetic simple enough to repeat in C: small-test.h.

func.func @main(%a: tensor<1x2x3x4xf32> {vox.name = "a"},
                %b: tensor<1x2x3x4xf32> {vox.name = "b"})
    -> (tensor<1x2x3x4xf32> {vox.name = "sum"},
        tensor<1x2x1x1xf32> {vox.name = "mean"}) {
  %w = vox.constant dense<[[[[1.0]], [[0.0]]], [[[0.25]], [[0.75]]]]>
      : tensor<2x2x1x1xf32>
  %c = vox.constant dense<[-2.0, 2.0]> : tensor<2xf32>
  %0 = vox.conv %a, %w bias %c strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x2x3x4xf32>, tensor<2x2x1x1xf32>, tensor<2xf32>)
      -> tensor<1x2x3x4xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x2x3x4xf32>
  %sum = vox.add %1, %b
      : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32>
  %mean = vox.global_pool average %1
      : tensor<1x2x3x4xf32> -> tensor<1x2x1x1xf32>
  return %sum, %mean : tensor<1x2x3x4xf32>, tensor<1x2x1x1xf32>
}
