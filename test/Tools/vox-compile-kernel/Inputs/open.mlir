!input = tensor<2x16x8x32xf32, #vox.layout<block = 8>>
!result = tensor<2x24x8x32xf32, #vox.layout<block = 8>>

vox.kernel @open(%x: !input, %w: tensor<24x16x3x3xf32, #vox.weight_layout<output_block = 8, input_block = 8>>) -> !result {
  %0 = vox.conv %x, %w strides = [1, 1] dilations = [1, 1] pads = [1, 1, 1, 1] groups = 1
      : (!input, tensor<24x16x3x3xf32, #vox.weight_layout<output_block = 8, input_block = 8>>) -> !result
  vox.yield %0 : !result
} open <least = [1, 4], greatest = [2, 32], inputs = [()[s0, s1] -> (s0, 16, 8, s1), ()[s0, s1] -> (24, 16, 3, 3)]>
  schedule <algorithm = direct, lanes = 8, columns = 4, rows = 4, parallel = rows>
