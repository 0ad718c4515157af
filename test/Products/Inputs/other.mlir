func.func @main(%x: tensor<2x3xf32> {vox.name = "x"})
    -> (tensor<2x2xf32> {vox.name = "y"}) {
  %w = vox.constant dense<[[1.0, 2.0, 3.0], [-1.0, 0.5, 0.0]]> : tensor<2x3xf32>
  %y = vox.dense %x, %w : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}
