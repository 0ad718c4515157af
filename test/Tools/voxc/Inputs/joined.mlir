// A join whose parts lie side by side, as the compiler plans it.

vox.kernel @slope(%a: tensor<16xf32>) -> tensor<16xf32> {
  %0 = vox.activation #vox.leaky_relu<alpha = 0.5> %a : tensor<16xf32>
  vox.yield %0 : tensor<16xf32>
} schedule <algorithm = element_wise, lanes = 8>
vox.kernel @square(%a: tensor<32xf32>) -> tensor<32xf32> {
  %0 = vox.mul %a, %a : (tensor<32xf32>, tensor<32xf32>) -> tensor<32xf32>
  vox.yield %0 : tensor<32xf32>
} schedule <algorithm = element_wise, lanes = 8>

func.func @main(%x: tensor<16xf32> {vox.name = "x"}) -> (tensor<32xf32> {vox.name = "y"}) attributes {vox.arena_size = 192 : i64} {
  %0 = vox.launch @slope(%x) {offset = 64 : i64} : (tensor<16xf32>) -> tensor<16xf32>
  %1 = vox.launch @slope(%0) {offset = 128 : i64} : (tensor<16xf32>) -> tensor<16xf32>
  %2 = vox.join %0, %1 axis = 0 {offset = 64 : i64} : (tensor<16xf32>, tensor<16xf32>) -> tensor<32xf32>
  %3 = vox.launch @square(%2) {output = 0 : i64} : (tensor<32xf32>) -> tensor<32xf32>
  return %3 : tensor<32xf32>
}
