func.func @main(%x: tensor<1x1x2x3x4xf32> {vox.name = "x"})
    -> (tensor<1x1x2x3x4xf32> {vox.name = "y"}) {
  %one = vox.constant dense<1.0> : tensor<f32>
  %y = vox.add %x, %one
      : (tensor<1x1x2x3x4xf32>, tensor<f32>) -> tensor<1x1x2x3x4xf32>
  return %y : tensor<1x1x2x3x4xf32>
}
