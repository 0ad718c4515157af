func.func @main(%x: tensor<2xi64> {vox.name = "x"}) -> (tensor<2xi64> {vox.name = "y"}) {
  %0 = vox.slice %x starts = [1] steps = [-1] : tensor<2xi64> -> tensor<2xi64>
  return %0 : tensor<2xi64>
}
