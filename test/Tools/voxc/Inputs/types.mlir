func.func @main(%x: tensor<1x4x2x2xf32>)
    -> (tensor<1x1x2x2xi64>, tensor<2xf32>) {
  %0 = vox.argmax %x axis = 1 : tensor<1x4x2x2xf32> -> tensor<1x1x2x2xi64>
  %1 = vox.constant dense<[1.0, 2.0]> : tensor<2xf32>
  return %0, %1 : tensor<1x1x2x2xi64>, tensor<2xf32>
}
