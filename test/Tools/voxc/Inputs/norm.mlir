// A convolution with batch norm and ReLU, and a dense layer.
func.func @main(%x: tensor<1x2x4x4xf32> {vox.name = "image"})
    -> (tensor<1x1xf32> {vox.name = "score"}) {
  %w = vox.constant dense<[[[[0.5]], [[-1.0]]], [[[-0.5]], [[2.0]]]]>
      : tensor<2x2x1x1xf32>
  %gamma = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %beta = vox.constant dense<[0.5, -0.5]> : tensor<2xf32>
  %mean = vox.constant dense<[0.1, 0.2]> : tensor<2xf32>
  %variance = vox.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0]
      groups = 1 {layer = "conv"}
      : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  %1 = vox.batch_norm %0 scale %gamma bias %beta mean %mean variance %variance
      epsilon = 1.0e-5 {layer = "norm"} : tensor<1x2x4x4xf32>, tensor<2xf32>,
      tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %2 = vox.activation #vox.relu %1 {layer = "act"} : tensor<1x2x4x4xf32>
  %3 = vox.global_pool average %2 : tensor<1x2x4x4xf32> -> tensor<1x2x1x1xf32>
  %4 = vox.flatten %3 axis = 1 : tensor<1x2x1x1xf32> -> tensor<1x2xf32>
  %head = vox.constant dense<[[1.0, -1.0]]> : tensor<1x2xf32>
  %y = vox.dense %4, %head {layer = "head"}
      : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
