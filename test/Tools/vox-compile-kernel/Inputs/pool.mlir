!features = tensor<1x8x7x9xf32, #vox.layout<block = 8>>
!pooled = tensor<1x8x3x4xf32, #vox.layout<block = 8>>

vox.kernel @pool(%x: !features) -> !pooled {
  %0 = vox.pool max %x kernel = [3, 3] strides = [2, 2] dilations = [1, 1] pads = [0, 0, 0, 0]
      : !features -> !pooled
  vox.yield %0 : !pooled
} schedule <algorithm = window, lanes = 8>
