func.func @main(%x: tensor<1x2x3xf32> {vox.name = "x"}) -> (tensor<1x2x3xf32>) {
  %0 = vox.add %x, %x : (tensor<1x2x3xf32>, tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  return %0 : tensor<1x2x3xf32>
}
