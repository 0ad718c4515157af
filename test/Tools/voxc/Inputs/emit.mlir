// Two convolutions that are one kernel, and a layer whose name is hostile.

func.func @main(%x: tensor<1x16x6x6x6xf32> {vox.name = "x"})
    -> (tensor<1x16x3x3x3xf32> {vox.name = "y"}) {
  %w = vox.constant dense<0.125> : tensor<16x16x3x3x3xf32>
  %0 = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1, 1]
      pads = [1, 1, 1, 1, 1, 1] groups = 1 {layer = "first"}
      : (tensor<1x16x6x6x6xf32>, tensor<16x16x3x3x3xf32>)
      -> tensor<1x16x6x6x6xf32>
  %1 = vox.activation #vox.relu %0 {layer = "relu1"} : tensor<1x16x6x6x6xf32>
  %2 = vox.conv %1, %w strides = [1, 1, 1] dilations = [1, 1, 1]
      pads = [1, 1, 1, 1, 1, 1] groups = 1 {layer = "second"}
      : (tensor<1x16x6x6x6xf32>, tensor<16x16x3x3x3xf32>)
      -> tensor<1x16x6x6x6xf32>
  %3 = vox.activation #vox.relu %2 {layer = "relu2"} : tensor<1x16x6x6x6xf32>
  %4 = vox.pool max %3 kernel = [2, 2, 2] strides = [2, 2, 2]
      dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0]
      {layer = "pool\0A//===- \22it\22 -===//"}
      : tensor<1x16x6x6x6xf32> -> tensor<1x16x3x3x3xf32>
  return %4 : tensor<1x16x3x3x3xf32>
}
