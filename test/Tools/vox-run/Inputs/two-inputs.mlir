func.func @main(%x: tensor<1x2x3xf32> {vox.name = "x"}, %y: tensor<1x2x3xf32> {vox.name = "y.z"}) -> (tensor<1x2x3xf32>) {
  %0 = vox.add %x, %y : (tensor<1x2x3xf32>, tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  %1 = vox.activation #vox.relu %0 : tensor<1x2x3xf32>
  return %1 : tensor<1x2x3xf32>
}
