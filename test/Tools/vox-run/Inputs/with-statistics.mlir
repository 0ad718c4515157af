func.func @main(%x: tensor<1x2x3xf32> {vox.name = "x"}) -> (tensor<2x7xf32> {vox.name = "y"}) {
  %0 = vox.activation_statistics %x axis = 1 low = 0.0 high = 1.0 samples = 0 : tensor<1x2x3xf32> -> tensor<2x7xf32>
  return %0 : tensor<2x7xf32>
}
