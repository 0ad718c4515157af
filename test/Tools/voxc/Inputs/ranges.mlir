// Clamps of two inputs, of which bounds may be promised.
func.func @main(%x: tensor<4xf32> {vox.name = "x"}, %b: tensor<4xf32> {vox.name = "a:b"})
    -> (tensor<4xf32> {vox.name = "positive"}, tensor<4xf32> {vox.name = "clipped"}) {
  %0 = vox.activation #vox.relu %x : tensor<4xf32>
  %1 = vox.activation #vox.clip<min = 0.0, max = 6.0> %b : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}
