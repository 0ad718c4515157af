// A planned network of open extents, from which planned-open-errors.test makes
// broken ones.

vox.kernel @halve(%x: tensor<1x2x16xf32>) -> tensor<1x2x8xf32> {
  %0 = vox.pool max %x kernel = [2] strides = [2] dilations = [1] pads = [0, 0] : tensor<1x2x16xf32> -> tensor<1x2x8xf32>
  vox.yield %0 : tensor<1x2x8xf32>
} open <least = [4], greatest = [16], inputs = [()[s0] -> (1, 2, s0)]> schedule <algorithm = plain>

vox.kernel @relu(%x: tensor<1x2x8xf32>) -> tensor<1x2x8xf32> {
  %0 = vox.activation #vox.relu %x : tensor<1x2x8xf32>
  vox.yield %0 : tensor<1x2x8xf32>
} open <least = [2], greatest = [8], inputs = [()[s0] -> (1, 2, s0)]> schedule <algorithm = plain>

vox.kernel @fixed(%x: tensor<1x2x8xf32>) -> tensor<1x2x8xf32> {
  %0 = vox.activation #vox.relu %x : tensor<1x2x8xf32>
  vox.yield %0 : tensor<1x2x8xf32>
} schedule <algorithm = plain>

func.func @main(%x: tensor<1x2x16xf32>) -> tensor<1x2x8xf32> attributes {vox.arena_size = 64 : i64, vox.open = #vox.open<least = [4], greatest = [16], inputs = [()[s0] -> (1, 2, s0)]>} {
  %0 = vox.launch @halve(%x) sizes affine_map<()[s0] -> (s0)> {offset = 0 : i64} : (tensor<1x2x16xf32>) -> tensor<1x2x8xf32>
  %1 = vox.launch @relu(%0) sizes affine_map<()[s0] -> (s0 floordiv 2)> {output = 0 : i64} : (tensor<1x2x8xf32>) -> tensor<1x2x8xf32>
  return %1 : tensor<1x2x8xf32>
}
