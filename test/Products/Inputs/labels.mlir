// Classes of a volume, and labels inside a mask: 0 where 5 is the greatest of 5,
// x and 2x - 10.5, 1 where x is, 2 elsewhere.

func.func @main(%x: tensor<1x1x2x3x4xf32> {vox.name = "volume"},
                %mask: tensor<1x1x2x3x4xui8> {vox.name = "mask"})
    -> (tensor<1x1x2x3x4xui8> {vox.name = "labels"},
        tensor<1x1x2x3x4xi64> {vox.name = "classes"}) {
  %w = vox.constant dense<[[[[[0.0]]]], [[[[1.0]]]], [[[[2.0]]]]]>
      : tensor<3x1x1x1x1xf32>
  %b = vox.constant dense<[5.0, 0.0, -10.5]> : tensor<3xf32>
  %c = vox.conv %x, %w bias %b strides = [1, 1, 1] dilations = [1, 1, 1]
      pads = [0, 0, 0, 0, 0, 0] groups = 1 {layer = "logits"}
      : (tensor<1x1x2x3x4xf32>, tensor<3x1x1x1x1xf32>, tensor<3xf32>)
      -> tensor<1x3x2x3x4xf32>
  %a = vox.argmax %c axis = 1 {layer = "argmax"}
      : tensor<1x3x2x3x4xf32> -> tensor<1x1x2x3x4xi64>
  %m = vox.cast %mask : tensor<1x1x2x3x4xui8> -> tensor<1x1x2x3x4xf32>
  %f = vox.cast %a : tensor<1x1x2x3x4xi64> -> tensor<1x1x2x3x4xf32>
  %k = vox.mul %f, %m : (tensor<1x1x2x3x4xf32>, tensor<1x1x2x3x4xf32>)
      -> tensor<1x1x2x3x4xf32>
  %l = vox.cast %k : tensor<1x1x2x3x4xf32> -> tensor<1x1x2x3x4xui8>
  return %l, %a : tensor<1x1x2x3x4xui8>, tensor<1x1x2x3x4xi64>
}
