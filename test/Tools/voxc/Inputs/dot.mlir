// One op of each way to label it.

func.func @main(%x: tensor<1x3x8x8xf32> {vox.name = "x<&\22\0A"})
    -> (tensor<1x16x2x3xf32>) {
  %w = vox.constant dense<0.125> : tensor<16x3x3x3xf32>
  %d = vox.constant dense<0.25> : tensor<16x1x3x3xf32>
  %half = vox.constant dense<0.5> : tensor<1xf32>
  %0 = vox.conv %x, %w strides = [2, 2] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 1 {layer = "first"}
      : (tensor<1x3x8x8xf32>, tensor<16x3x3x3xf32>) -> tensor<1x16x4x4xf32>
  %1 = vox.activation #vox.leaky_relu<alpha = 0.25> %0 {layer = "leaky"}
      : tensor<1x16x4x4xf32>
  %2 = vox.conv %1, %d strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 16
      : (tensor<1x16x4x4xf32>, tensor<16x1x3x3xf32>) -> tensor<1x16x4x4xf32>
  %3 = vox.add %2, %1 : (tensor<1x16x4x4xf32>, tensor<1x16x4x4xf32>)
      -> tensor<1x16x4x4xf32>
  %4 = vox.mul %3, %half : (tensor<1x16x4x4xf32>, tensor<1xf32>)
      -> tensor<1x16x4x4xf32>
  %5 = vox.pool max %4 kernel = [2, 2] strides = [2, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] : tensor<1x16x4x4xf32> -> tensor<1x16x2x3xf32>
  return %5 : tensor<1x16x2x3xf32>
}
