func.func @main(%x: tensor<1x3x4x4xf32> {vox.name = "x"}) -> (tensor<1x3x1x1xf32> {vox.name = "y"}) {
  %0 = vox.activation #vox.sigmoid %x {layer = "S"} : tensor<1x3x4x4xf32>
  %1 = vox.global_pool max %0 : tensor<1x3x4x4xf32> -> tensor<1x3x1x1xf32>
  %2 = vox.activation #vox.sigmoid %1 {layer = "S"} : tensor<1x3x1x1xf32>
  return %2 : tensor<1x3x1x1xf32>
}
