func.func @main(%x: tensor<1x16x4x4xf32>, %y: tensor<1x16x4x4xf32>)
    -> tensor<1x16x4x4xf32> {
  %w = vox.constant dense<0.125> : tensor<16x16x1x1xf32>
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %1 = vox.add %0, %y : (tensor<1x16x4x4xf32>, tensor<1x16x4x4xf32>)
      -> tensor<1x16x4x4xf32>
  return %1 : tensor<1x16x4x4xf32>
}
