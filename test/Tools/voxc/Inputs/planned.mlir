// Like layers.mlir after --compile-to=kernels, written by hand.
// planned-errors.test breaks it in many ways.

!image = tensor<1x3x7x19xf32>
!features = tensor<1x5x7x19xf32>
!pooled = tensor<1x5x3x9xf32>
!weights = tensor<5x3x3x3xf32>
!depthwise = tensor<5x1x3x3xf32>
!features8 = tensor<1x5x7x19xf32, #vox.layout<block = 8>>
!pooled8 = tensor<1x5x3x9xf32, #vox.layout<block = 8>>
!weights8 = tensor<5x3x3x3xf32, #vox.weight_layout<input_block = 1, output_block = 8>>
!depthwise8 = tensor<5x1x3x3xf32, #vox.weight_layout<input_block = 1, output_block = 8>>

vox.kernel @conv(%x: !image, %w: !weights8) -> !features8 {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 1
      : (!image, !weights8) -> !features8
  vox.yield %0 : !features8
} schedule <algorithm = few_channels, lanes = 8, columns = 10, rows = 7>

vox.kernel @depthwise(%x: !features8, %w: !depthwise8) -> !features8 {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 5
      : (!features8, !depthwise8) -> !features8
  %1 = vox.activation #vox.sigmoid %0 : !features8
  vox.yield %1 : !features8
} schedule <algorithm = depthwise, lanes = 8, columns = 2>

vox.kernel @pool(%x: !features8) -> !pooled8 {
  %0 = vox.pool max %x kernel = [3, 3] strides = [2, 2] dilations = [1, 1] pads = [0, 0, 0, 0]
      : !features8 -> !pooled8
  vox.yield %0 : !pooled8
} schedule <algorithm = window, lanes = 8, rows = 2>

vox.kernel @unpack_pooled(%x: !pooled8) -> !pooled {
  %0 = vox.unpack %x : !pooled8 -> !pooled
  vox.yield %0 : !pooled
} schedule <algorithm = element_wise, lanes = 16>

vox.kernel @unpack_features(%x: !features8) -> !features {
  %0 = vox.unpack %x : !features8 -> !features
  vox.yield %0 : !features
} schedule <algorithm = element_wise, lanes = 16>

func.func @main(%x: !image {vox.name = "x"}) -> (!pooled {vox.name = "y"}, !features)
    attributes {vox.arena_size = 8576 : i64} {
  %0 = vox.constant dense<0.125> : !weights
  %1 = vox.constant dense<0.25> : !depthwise
  %2 = vox.pack_weights %0 : !weights -> !weights8
  %3 = vox.pack_weights %1 : !depthwise -> !depthwise8
  %4 = vox.launch @conv(%x, %2) {offset = 0 : i64} : (!image, !weights8) -> !features8
  %5 = vox.launch @depthwise(%4, %3) {offset = 4288 : i64} : (!features8, !depthwise8) -> !features8
  %6 = vox.launch @pool(%5) {offset = 0 : i64} : (!features8) -> !pooled8
  %7 = vox.launch @unpack_pooled(%6) {output = 0 : i64} : (!pooled8) -> !pooled
  %8 = vox.launch @unpack_features(%5) {output = 1 : i64} : (!features8) -> !features
  return %7, %8 : !pooled, !features
}
