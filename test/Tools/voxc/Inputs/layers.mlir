// A network that every phase has something to do for.

func.func @main(%x: tensor<1x3x7x19xf32> {vox.name = "x"})
    -> (tensor<1x5x3x9xf32> {vox.name = "y"}, tensor<1x5x7x19xf32>) {
  %w = vox.constant dense<0.125> : tensor<5x3x3x3xf32>
  %d = vox.constant dense<0.25> : tensor<5x1x3x3xf32>
  %b = vox.constant dense<[0.5, -0.5, 0.25, 2.0, -1.0]> : tensor<5xf32>
  %0 = vox.conv %x, %w bias %b strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 1
      : (tensor<1x3x7x19xf32>, tensor<5x3x3x3xf32>, tensor<5xf32>)
      -> tensor<1x5x7x19xf32>
  %1 = vox.conv %0, %d strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 5
      : (tensor<1x5x7x19xf32>, tensor<5x1x3x3xf32>) -> tensor<1x5x7x19xf32>
  %2 = vox.activation #vox.sigmoid %1 : tensor<1x5x7x19xf32>
  %3 = vox.pool max %2 kernel = [3, 3] strides = [2, 2] dilations = [1, 1]
      pads = [0, 0, 0, 0] : tensor<1x5x7x19xf32> -> tensor<1x5x3x9xf32>
  return %3, %2 : tensor<1x5x3x9xf32>, tensor<1x5x7x19xf32>
}
