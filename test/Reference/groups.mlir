// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Groups are evaluated op by op, and layouts change no value. By hand: per
// channel, twice x minus 5, then ReLU, plus x.

module {
func.func @main(%x: tensor<1x2x3xf32> {vox.name = "x"}) -> (
    tensor<1x2x3xf32> {vox.name = "y"}, tensor<1x2x3xf32> {vox.name = "again"}) {
  %w = vox.constant dense<[[[2.0], [0.0]], [[0.0], [2.0]]]> : tensor<2x2x1xf32>
  %b = vox.constant dense<-5.0> : tensor<2xf32>
  %packed = vox.pack %x : tensor<1x2x3xf32>
      -> tensor<1x2x3xf32, #vox.layout<block = 8>>
  %weights = vox.pack_weights %w : tensor<2x2x1xf32>
      -> tensor<2x2x1xf32, #vox.weight_layout<input_block = 1, output_block = 8>>
  %group = vox.group(%a = %packed : tensor<1x2x3xf32, #vox.layout<block = 8>>,
      %v = %weights : tensor<2x2x1xf32, #vox.weight_layout<input_block = 1, output_block = 8>>,
      %c = %b : tensor<2xf32>) -> tensor<1x2x3xf32, #vox.layout<block = 8>> {
    %0 = vox.conv %a, %v bias %c strides = [1] dilations = [1] pads = [0, 0]
        groups = 1 : (tensor<1x2x3xf32, #vox.layout<block = 8>>,
        tensor<2x2x1xf32, #vox.weight_layout<input_block = 1, output_block = 8>>,
        tensor<2xf32>) -> tensor<1x2x3xf32, #vox.layout<block = 8>>
    %1 = vox.activation #vox.relu %0 : tensor<1x2x3xf32, #vox.layout<block = 8>>
    %2 = vox.add %1, %a : (tensor<1x2x3xf32, #vox.layout<block = 8>>,
        tensor<1x2x3xf32, #vox.layout<block = 8>>)
        -> tensor<1x2x3xf32, #vox.layout<block = 8>>
    vox.yield %2 : tensor<1x2x3xf32, #vox.layout<block = 8>>
  }
  // CHECK: values: "y" 0 1 2 4 7 10{{$}}
  %y = vox.unpack %group : tensor<1x2x3xf32, #vox.layout<block = 8>>
      -> tensor<1x2x3xf32>
  // CHECK: values: "again" 0 1 2 3 4 5{{$}}
  %again = vox.launch @copy(%x) : (tensor<1x2x3xf32>) -> tensor<1x2x3xf32>
  return %y, %again : tensor<1x2x3xf32>, tensor<1x2x3xf32>
}

vox.kernel @copy(%a: tensor<1x2x3xf32>) -> tensor<1x2x3xf32> {
  %0 = vox.activation #vox.identity %a : tensor<1x2x3xf32>
  vox.yield %0 : tensor<1x2x3xf32>
} schedule <algorithm = element_wise>
}
