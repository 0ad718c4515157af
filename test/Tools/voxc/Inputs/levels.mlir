// A convolution with a ReLU, and a concatenation of whole blocks of channels.

func.func @main(%x: tensor<1x16x6x6xf32>) -> tensor<1x16x3x3xf32> {
  %w = vox.constant dense<0.125> : tensor<16x16x3x3xf32>
  %v = vox.constant dense<0.5> : tensor<16x32x1x1xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 1
      : (tensor<1x16x6x6xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x6x6xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x16x6x6xf32>
  %2 = vox.pool max %1 kernel = [2, 2] strides = [2, 2] dilations = [1, 1]
      pads = [0, 0, 0, 0] : tensor<1x16x6x6xf32> -> tensor<1x16x3x3xf32>
  %3 = vox.pool average %1 kernel = [2, 2] strides = [2, 2] dilations = [1, 1]
      pads = [0, 0, 0, 0] : tensor<1x16x6x6xf32> -> tensor<1x16x3x3xf32>
  %4 = vox.concat %2, %3 axis = 1
      : (tensor<1x16x3x3xf32>, tensor<1x16x3x3xf32>) -> tensor<1x32x3x3xf32>
  %5 = vox.conv %4, %v strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x32x3x3xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x3x3xf32>
  return %5 : tensor<1x16x3x3xf32>
}
