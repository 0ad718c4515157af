// RUN: vox-opt %s -split-input-file -verify-diagnostics

// What a schedule is for: an anchor and what is computed along with it.

vox.kernel @AnchorComputesNothing(%a: tensor<8xf32>) -> tensor<2x4xf32> {
  // expected-error @+1 {{computes nothing; it can't be an anchor}}
  %0 = vox.reshape %a : tensor<8xf32> -> tensor<2x4xf32>
  vox.yield %0 : tensor<2x4xf32>
} schedule <algorithm = plain>

// -----

vox.kernel @FlattenAsAnchor(%a: tensor<2x3x4xf32>) -> tensor<2x12xf32> {
  // expected-error @+1 {{'vox.flatten' op computes nothing; it can't be an anchor}}
  %0 = vox.flatten %a axis = 1 : tensor<2x3x4xf32> -> tensor<2x12xf32>
  vox.yield %0 : tensor<2x12xf32>
} schedule <algorithm = element_wise>

// -----

vox.kernel @TwoAnchors(%a: tensor<2x3xf32>) -> tensor<2x5xf32> {
  %0 = vox.softmax %a axis = 1 : tensor<2x3xf32>
  // expected-error @+1 {{'vox.pad' op can't follow an anchor; expected an element-wise op}}
  %1 = vox.pad %0 pads = [0, 1, 0, 1] value = 0.0 : tensor<2x3xf32> -> tensor<2x5xf32>
  vox.yield %1 : tensor<2x5xf32>
} schedule <algorithm = reduction>

// -----

func.func @ReshapeAfterAnchor(%x: tensor<8xf32>) {
  %0 = vox.group(%a = %x : tensor<8xf32>) -> tensor<2x4xf32> {
    %1 = vox.activation #vox.relu %a : tensor<8xf32>
    // expected-error @+1 {{'vox.reshape' op can't follow an anchor; expected an element-wise op}}
    %2 = vox.reshape %1 : tensor<8xf32> -> tensor<2x4xf32>
    vox.yield %2 : tensor<2x4xf32>
  } schedule <algorithm = plain>
  return
}

// -----

// The sum's shape is the broadcast one.
vox.kernel @EpilogueGrows(%a: tensor<3xf32>, %b: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = vox.softmax %a axis = 0 : tensor<3xf32>
  // expected-error @+1 {{result is 'tensor<2x3xf32>'; expected the anchor's shape and layout, 'tensor<3xf32>'}}
  %1 = vox.add %0, %b : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  vox.yield %1 : tensor<2x3xf32>
} schedule <algorithm = reduction>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @EpilogueChangesLayout(%a: tensor<1x8x4xf32, #c8>, %b: tensor<1x8x4xf32>) -> tensor<1x8x4xf32> {
  %0 = vox.activation #vox.relu %a : tensor<1x8x4xf32, #c8>
  // expected-error @+1 {{result is 'tensor<1x8x4xf32>'; expected the anchor's shape and layout, 'tensor<1x8x4xf32, #vox.layout<block = 8>>'}}
  %1 = vox.add %0, %b : (tensor<1x8x4xf32, #c8>, tensor<1x8x4xf32>) -> tensor<1x8x4xf32>
  vox.yield %1 : tensor<1x8x4xf32>
} schedule <algorithm = element_wise>

// -----

// Layouts that no template reads or writes, not even the plain one.

#c8 = #vox.layout<block = 8>
vox.kernel @WeightsUnpacked(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 8, output_block = 8>}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = plain>

// -----

#c8 = #vox.layout<block = 8>
#w8x4 = #vox.weight_layout<input_block = 8, output_block = 4>
vox.kernel @WeightsInOtherBlocks(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x4>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 8, output_block = 8>}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32, #w8x4>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = direct, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
vox.kernel @WeightsOfDepthwiseInInputBlocks(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x1x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 1, output_block = 8>}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 8
      : (tensor<1x8x4xf32, #c8>, tensor<8x1x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = depthwise, lanes = 8>

// -----

#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
vox.kernel @WeightsOfPlanarPacked(%x: tensor<1x8x4xf32>, %w: tensor<8x8x1xf32, #w1x8>) -> tensor<1x8x4xf32> {
  // expected-error @+1 {{weights have the wrong layout; expected none}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32>, tensor<8x8x1xf32, #w1x8>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = planar>

// -----

vox.kernel @WeightsOfDenseUnpacked(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>) -> tensor<2x4xf32> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 1, output_block = 16>}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  vox.yield %0 : tensor<2x4xf32>
} schedule <algorithm = dense, lanes = 16>

// -----

#w2x8 = #vox.weight_layout<input_block = 2, output_block = 8>
vox.kernel @WeightsOfDenseInInputBlocks(%x: tensor<2x3xf32>, %w: tensor<4x3xf32, #w2x8>) -> tensor<2x4xf32> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 1, output_block = 8>}}
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32, #w2x8>) -> tensor<2x4xf32>
  vox.yield %0 : tensor<2x4xf32>
} schedule <algorithm = dense, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @PlanarFromBlocked(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32> {
  // expected-error @+1 {{a planar convolution needs planar input}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = planar>

// -----

#c4 = #vox.layout<block = 4>
#c8 = #vox.layout<block = 8>
#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
vox.kernel @DepthwiseBetweenBlocks(%x: tensor<1x8x4xf32, #c4>, %w: tensor<8x1x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{input has blocks of 4; expected 8, the result's}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 8
      : (tensor<1x8x4xf32, #c4>, tensor<8x1x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = depthwise, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
vox.kernel @InputBlocksAcrossGroups(%x: tensor<1x8x4xf32, #c8>, %w: tensor<16x4x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8> {
  // expected-error @+1 {{channels per group are no whole blocks}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x8x4xf32, #c8>, tensor<16x4x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = direct, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
vox.kernel @OutputBlocksAcrossGroups(%x: tensor<1x16x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{channels per group are no whole blocks}}
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x16x4xf32, #c8>, tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = direct, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @ConcatOfLayouts(%x: tensor<1x8x4xf32, #c8>, %y: tensor<1x8x4xf32>) -> tensor<1x16x4xf32, #c8> {
  // expected-error @+1 {{inputs differ from the result in layout}}
  %0 = vox.concat %x, %y axis = 1 : (tensor<1x8x4xf32, #c8>, tensor<1x8x4xf32>) -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @ConcatOfPartialBlocks(%x: tensor<1x4x4xf32, #c8>, %y: tensor<1x8x4xf32, #c8>) -> tensor<1x12x4xf32, #c8> {
  // expected-error @+1 {{an input's channels are no whole blocks}}
  %0 = vox.concat %x, %y axis = 1 : (tensor<1x4x4xf32, #c8>, tensor<1x8x4xf32, #c8>) -> tensor<1x12x4xf32, #c8>
  vox.yield %0 : tensor<1x12x4xf32, #c8>
} schedule <algorithm = element_wise, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @PoolBetweenLayouts(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x8x3xf32> {
  // expected-error @+1 {{input and result differ in layout}}
  %0 = vox.pool max %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x8x4xf32, #c8> -> tensor<1x8x3xf32>
  vox.yield %0 : tensor<1x8x3xf32>
} schedule <algorithm = window>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @GlobalPoolIntoBlocks(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x8x1xf32, #c8> {
  // expected-error @+1 {{result has a layout; expected a planar one}}
  %0 = vox.global_pool max %x : tensor<1x8x4xf32, #c8> -> tensor<1x8x1xf32, #c8>
  vox.yield %0 : tensor<1x8x1xf32, #c8>
} schedule <algorithm = reduction>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @TransposeOfBlocks(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x4x8xf32> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.transpose %x permutation = [0, 2, 1] : tensor<1x8x4xf32, #c8> -> tensor<1x4x8xf32>
  vox.yield %0 : tensor<1x4x8xf32>
} schedule <algorithm = element_wise>

// -----

// Templates for other anchors.

// expected-error @+1 {{algorithm window does not fit the anchor vox.activation}}
vox.kernel @WindowOfActivation(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %0 : tensor<8xf32>
} schedule <algorithm = window>

// -----

func.func @GroupWithWrongTemplate(%x: tensor<2x3xf32>) {
  // expected-error @+1 {{'vox.group' op algorithm element_wise does not fit the anchor vox.softmax}}
  %0 = vox.group(%a = %x : tensor<2x3xf32>) -> tensor<2x3xf32> {
    %1 = vox.softmax %a axis = 1 : tensor<2x3xf32>
    vox.yield %1 : tensor<2x3xf32>
  } schedule <algorithm = element_wise>
  return
}

// -----

// expected-error @+1 {{algorithm reduction does not fit the anchor vox.pad}}
vox.kernel @ReductionOfPad(%x: tensor<3xf32>) -> tensor<4xf32> {
  %0 = vox.pad %x pads = [0, 1] value = 0.0 : tensor<3xf32> -> tensor<4xf32>
  vox.yield %0 : tensor<4xf32>
} schedule <algorithm = reduction>

// -----

// expected-error @+1 {{algorithm dense does not fit the anchor vox.conv}}
vox.kernel @DenseOfConv(%x: tensor<1x8x4xf32>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = dense>

// -----

// expected-error @+1 {{algorithm direct does not fit the anchor vox.conv}}
vox.kernel @DirectOfPlanar(%x: tensor<1x8x4xf32>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = direct>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{algorithm few_channels does not fit the anchor vox.conv}}
vox.kernel @FewChannelsOfBlocked(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = few_channels, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{algorithm depthwise does not fit the anchor vox.conv}}
vox.kernel @DepthwiseOfOneGroup(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = depthwise, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{algorithm planar does not fit the anchor vox.conv}}
vox.kernel @PlanarOfBlocked(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = planar, lanes = 8>

// -----

// Figures that don't fit the tensors.

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{schedule has lanes = 16; expected 8, the block}}
vox.kernel @LanesOfAnotherBlock(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32, #w8x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = direct, lanes = 16>

// -----

#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
// expected-error @+1 {{schedule has lanes = 4; expected 8, the block}}
vox.kernel @LanesOfDense(%x: tensor<2x3xf32>, %w: tensor<4x3xf32, #w1x8>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32, #w1x8>) -> tensor<2x4xf32>
  vox.yield %0 : tensor<2x4xf32>
} schedule <algorithm = dense, lanes = 4>

// -----

#c8 = #vox.layout<block = 8>
#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
// expected-error @+1 {{schedule has columns = 5; expected at most 4}}
vox.kernel @ColumnsBeyondWidth(%x: tensor<1x3x4xf32>, %w: tensor<8x3x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x3x4xf32>, tensor<8x3x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = few_channels, lanes = 8, columns = 5>

// -----

#c8 = #vox.layout<block = 8>
#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
// expected-error @+1 {{schedule has columns = 5; expected at most 4}}
vox.kernel @ColumnsOfDepthwise(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x1x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 8
      : (tensor<1x8x4xf32, #c8>, tensor<8x1x1xf32, #w1x8>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = depthwise, lanes = 8, columns = 5>

// -----

#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
// expected-error @+1 {{schedule has columns = 3; expected at most 2}}
vox.kernel @ColumnsOfDense(%x: tensor<2x3xf32>, %w: tensor<4x3xf32, #w1x8>) -> tensor<2x4xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<4x3xf32, #w1x8>) -> tensor<2x4xf32>
  vox.yield %0 : tensor<2x4xf32>
} schedule <algorithm = dense, lanes = 8, columns = 3>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{schedule has vectors = 2; expected at most 1}}
vox.kernel @VectorsBeyondGroup(%x: tensor<1x16x4xf32, #c8>, %w: tensor<16x8x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 2
      : (tensor<1x16x4xf32, #c8>, tensor<16x8x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = direct, lanes = 8, vectors = 2>

// -----

#w1x8 = #vox.weight_layout<input_block = 1, output_block = 8>
// expected-error @+1 {{schedule has vectors = 2; expected a divisor of 3}}
vox.kernel @VectorsDivideNoBlocks(%x: tensor<2x3xf32>, %w: tensor<20x3xf32, #w1x8>) -> tensor<2x20xf32> {
  %0 = vox.dense %x, %w : (tensor<2x3xf32>, tensor<20x3xf32, #w1x8>) -> tensor<2x20xf32>
  vox.yield %0 : tensor<2x20xf32>
} schedule <algorithm = dense, lanes = 8, vectors = 2>

// -----

// expected-error @+1 {{schedule has rows = 4; expected at most 3}}
vox.kernel @RowsOfPool(%x: tensor<1x5x4x4xf32>) -> tensor<1x5x3x3xf32> {
  %0 = vox.pool max %x kernel = [2, 2] strides = [1, 1] dilations = [1, 1] pads = [0, 0, 0, 0] : tensor<1x5x4x4xf32> -> tensor<1x5x3x3xf32>
  vox.yield %0 : tensor<1x5x3x3xf32>
} schedule <algorithm = window, rows = 4>

// -----

// Rows are those of the second innermost dimension, here 3 of 5 x 3 x 7.
// expected-error @+1 {{schedule has rows = 5; expected at most 3}}
vox.kernel @RowsOfPlanar(%x: tensor<1x2x5x3x7xf32>, %w: tensor<2x2x1x1x1xf32>) -> tensor<1x2x5x3x7xf32> {
  %0 = vox.conv %x, %w strides = [1, 1, 1] dilations = [1, 1, 1] pads = [0, 0, 0, 0, 0, 0] groups = 1
      : (tensor<1x2x5x3x7xf32>, tensor<2x2x1x1x1xf32>) -> tensor<1x2x5x3x7xf32>
  vox.yield %0 : tensor<1x2x5x3x7xf32>
} schedule <algorithm = planar, rows = 5>

// -----

// expected-error @+1 {{yields something else than its last op's result}}
vox.kernel @YieldsArgument(%a: tensor<8xf32>) -> tensor<8xf32> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %a : tensor<8xf32>
} schedule <algorithm = element_wise>

// -----

vox.kernel @UnusedAnchor(%a: tensor<8xf32>) -> tensor<8xf32> {
  // expected-error @+1 {{is not used in its kernel}}
  %0 = vox.activation #vox.tanh %a : tensor<8xf32>
  %1 = vox.activation #vox.relu %a : tensor<8xf32>
  vox.yield %1 : tensor<8xf32>
} schedule <algorithm = element_wise>

// -----

// expected-error @+1 {{can't read or write the encoding #vox.weight_layout<input_block = 1, output_block = 4>}}
vox.kernel @WeightLayoutOnData(%a: tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 4>>) -> tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 4>> {
  %0 = vox.activation #vox.relu %a : tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 4>>
  vox.yield %0 : tensor<8x8xf32, #vox.weight_layout<input_block = 1, output_block = 4>>
} schedule <algorithm = element_wise>

// -----

vox.kernel @BroadcastsBlocks(%a: tensor<1x20x2xf32, #vox.layout<block = 4>>, %b: tensor<1x1x2xf32, #vox.layout<block = 4>>) -> tensor<1x20x2xf32, #vox.layout<block = 4>> {
  // expected-error @+1 {{broadcasts 'tensor<1x1x2xf32, #vox.layout<block = 4>>'; expected a planar tensor}}
  %0 = vox.add %a, %b : (tensor<1x20x2xf32, #vox.layout<block = 4>>, tensor<1x1x2xf32, #vox.layout<block = 4>>) -> tensor<1x20x2xf32, #vox.layout<block = 4>>
  vox.yield %0 : tensor<1x20x2xf32, #vox.layout<block = 4>>
} schedule <algorithm = element_wise>

// -----

// expected-error @+1 {{can't read or write the encoding "mine"}}
vox.kernel @ForeignEncoding(%a: tensor<8xf32, "mine">) -> tensor<8xf32, "mine"> {
  %0 = vox.activation #vox.relu %a : tensor<8xf32, "mine">
  vox.yield %0 : tensor<8xf32, "mine">
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @TransposedFromPlanar(%x: tensor<1x8x4xf32>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{input and result must both be blocked or both be planar}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x8x4xf32>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = transposed, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
vox.kernel @TransposedAcrossGroups(%x: tensor<1x8x4xf32, #c8>, %w: tensor<16x4x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8> {
  // expected-error @+1 {{channels per group are no whole blocks}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x8x4xf32, #c8>, tensor<16x4x1xf32, #w8x8>) -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = transposed, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @WeightsOfTransposedUnpacked(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{weights have the wrong layout; expected #vox.weight_layout<input_block = 8, output_block = 8>}}
  %0 = vox.conv_transpose %x, %w strides = [1] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = transposed, lanes = 8>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @PadOfChannels(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x9x4xf32, #c8> {
  // expected-error @+1 {{does not move whole blocks of channels}}
  %0 = vox.pad %x pads = [0, 1, 0, 0, 0, 0] value = 0.0 : tensor<1x8x4xf32, #c8> -> tensor<1x9x4xf32, #c8>
  vox.yield %0 : tensor<1x9x4xf32, #c8>
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @SliceInsideBlock(%x: tensor<1x16x4xf32, #c8>) -> tensor<1x8x4xf32, #c8> {
  // expected-error @+1 {{does not move whole blocks of channels}}
  %0 = vox.slice %x starts = [0, 4, 0] steps = [1, 1, 1] : tensor<1x16x4xf32, #c8> -> tensor<1x8x4xf32, #c8>
  vox.yield %0 : tensor<1x8x4xf32, #c8>
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @ResizeOfChannels(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x16x4xf32, #c8> {
  // expected-error @+1 {{does not move whole blocks of channels}}
  %0 = vox.resize nearest %x scales = [1.0, 2.0, 1.0] coordinates = asymmetric rounding = floor : tensor<1x8x4xf32, #c8> -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @ResampleOfChannels(%x: tensor<1x8x4xf32, #c8>, %s: tensor<16xi32>, %w: tensor<16x2xf32>) -> tensor<1x16x4xf32, #c8> {
  // expected-error @+1 {{does not move whole blocks of channels}}
  %0 = vox.resample %x, %s, %w axis = 1 : (tensor<1x8x4xf32, #c8>, tensor<16xi32>, tensor<16x2xf32>) -> tensor<1x16x4xf32, #c8>
  vox.yield %0 : tensor<1x16x4xf32, #c8>
} schedule <algorithm = reduction>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @SliceIntoPlanar(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x8x2xf32> {
  // expected-error @+1 {{input and result differ in layout}}
  %0 = vox.slice %x starts = [0, 0, 1] steps = [1, 1, 1] : tensor<1x8x4xf32, #c8> -> tensor<1x8x2xf32>
  vox.yield %0 : tensor<1x8x2xf32>
} schedule <algorithm = element_wise>

// -----

// expected-error @+1 {{algorithm transposed does not fit the anchor vox.conv}}
vox.kernel @TransposedOfConv(%x: tensor<1x8x4xf32>, %w: tensor<8x8x1xf32>) -> tensor<1x8x4xf32> {
  %0 = vox.conv %x, %w strides = [1] dilations = [1] pads = [0, 0] groups = 1
      : (tensor<1x8x4xf32>, tensor<8x8x1xf32>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = transposed>

// -----

// Figures of a transposed convolution count positions of one phase.

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{schedule has columns = 5; expected at most 4}}
vox.kernel @ColumnsOfTransposed(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x2xf32, #w8x8>) -> tensor<1x8x8xf32, #c8> {
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x2xf32, #w8x8>) -> tensor<1x8x8xf32, #c8>
  vox.yield %0 : tensor<1x8x8xf32, #c8>
} schedule <algorithm = transposed, lanes = 8, columns = 5>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{schedule has vectors = 2; expected at most 1}}
vox.kernel @VectorsAcrossGroups(%x: tensor<1x16x4xf32, #c8>, %w: tensor<16x8x2xf32, #w8x8>) -> tensor<1x16x8xf32, #c8> {
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 2
      : (tensor<1x16x4xf32, #c8>, tensor<16x8x2xf32, #w8x8>) -> tensor<1x16x8xf32, #c8>
  vox.yield %0 : tensor<1x16x8xf32, #c8>
} schedule <algorithm = transposed, lanes = 8, vectors = 2>

// -----

#c8 = #vox.layout<block = 8>
#w8x8 = #vox.weight_layout<input_block = 8, output_block = 8>
// expected-error @+1 {{schedule has lanes = 4; expected 8, the block}}
vox.kernel @LanesOfTransposed(%x: tensor<1x8x4xf32, #c8>, %w: tensor<8x8x2xf32, #w8x8>) -> tensor<1x8x8xf32, #c8> {
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x8x4xf32, #c8>, tensor<8x8x2xf32, #w8x8>) -> tensor<1x8x8xf32, #c8>
  vox.yield %0 : tensor<1x8x8xf32, #c8>
} schedule <algorithm = transposed, lanes = 4>

// -----

// expected-error @+1 {{schedule has rows = 4; expected at most 3}}
vox.kernel @RowsOfTransposed(%x: tensor<1x1x3x4xf32>, %w: tensor<1x1x1x2xf32>) -> tensor<1x1x5x8xf32> {
  %0 = vox.conv_transpose %x, %w strides = [2, 2] dilations = [1, 1] pads = [0, 0, 0, 0] output_pads = [0, 0] groups = 1
      : (tensor<1x1x3x4xf32>, tensor<1x1x1x2xf32>) -> tensor<1x1x5x8xf32>
  vox.yield %0 : tensor<1x1x5x8xf32>
} schedule <algorithm = transposed, rows = 4>

// -----

// expected-error @+1 {{algorithm element_wise does not fit the anchor vox.argmax}}
vox.kernel @ElementWiseArgMax(%x: tensor<3xf32>) -> tensor<1xi64> {
  %0 = vox.argmax %x axis = 0 : tensor<3xf32> -> tensor<1xi64>
  vox.yield %0 : tensor<1xi64>
} schedule <algorithm = element_wise>

// -----

// expected-error @+1 {{algorithm element_wise does not fit the anchor vox.reduce}}
vox.kernel @ElementWiseReduce(%x: tensor<3xf32>) -> tensor<1xf32> {
  %0 = vox.reduce sum %x axes = [0] : tensor<3xf32> -> tensor<1xf32>
  vox.yield %0 : tensor<1xf32>
} schedule <algorithm = element_wise>

// -----

vox.kernel @ReduceBlocked(%x: tensor<1x16x4xf32, #vox.layout<block = 16>>) -> tensor<1x1x4xf32> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.reduce sum %x axes = [1] : tensor<1x16x4xf32, #vox.layout<block = 16>> -> tensor<1x1x4xf32>
  vox.yield %0 : tensor<1x1x4xf32>
} schedule <algorithm = reduction>

// -----

vox.kernel @ReduceToBlocked(%x: tensor<1x16x4xf32>) -> tensor<1x1x4xf32, #vox.layout<block = 4>> {
  // expected-error @+1 {{result has a layout; expected a planar one}}
  %0 = vox.reduce sum %x axes = [1] : tensor<1x16x4xf32> -> tensor<1x1x4xf32, #vox.layout<block = 4>>
  vox.yield %0 : tensor<1x1x4xf32, #vox.layout<block = 4>>
} schedule <algorithm = reduction>

// -----

// What is broadcast is planar, truth values too.
vox.kernel @SelectByBlocked(%c: tensor<1x16x1xi1, #vox.layout<block = 16>>, %x: tensor<1x16x4xf32, #vox.layout<block = 16>>) -> tensor<1x16x4xf32, #vox.layout<block = 16>> {
  // expected-error @+1 {{broadcasts 'tensor<1x16x1xi1, #vox.layout<block = 16>>'; expected a planar tensor}}
  %0 = vox.select %c, %x, %x : (tensor<1x16x1xi1, #vox.layout<block = 16>>, tensor<1x16x4xf32, #vox.layout<block = 16>>, tensor<1x16x4xf32, #vox.layout<block = 16>>) -> tensor<1x16x4xf32, #vox.layout<block = 16>>
  vox.yield %0 : tensor<1x16x4xf32, #vox.layout<block = 16>>
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @ScatterOfBlocks(%x: tensor<1x8x4xf32>, %i: tensor<1x8x4xi64>, %u: tensor<1x8x4xf32, #c8>) -> tensor<1x8x4xf32> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.scatter_elements assign %x, %i, %u axis = 0 : (tensor<1x8x4xf32>, tensor<1x8x4xi64>, tensor<1x8x4xf32, #c8>) -> tensor<1x8x4xf32>
  vox.yield %0 : tensor<1x8x4xf32>
} schedule <algorithm = reduction>

// -----

// expected-error @+1 {{algorithm element_wise does not fit the anchor vox.scatter_nd}}
vox.kernel @ElementWiseScatter(%x: tensor<3xf32>, %i: tensor<2x1xi64>, %u: tensor<2xf32>) -> tensor<3xf32> {
  %0 = vox.scatter_nd assign %x, %i, %u : (tensor<3xf32>, tensor<2x1xi64>, tensor<2xf32>) -> tensor<3xf32>
  vox.yield %0 : tensor<3xf32>
} schedule <algorithm = element_wise>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @MatMulOfBlocks(%a: tensor<1x2x8xf32>, %b: tensor<1x8x4xf32, #c8>) -> tensor<1x2x4xf32> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.matmul %a, %b : (tensor<1x2x8xf32>, tensor<1x8x4xf32, #c8>) -> tensor<1x2x4xf32>
  vox.yield %0 : tensor<1x2x4xf32>
} schedule <algorithm = dense, lanes = 4>

// -----

// Vectors are no longer than the last dimension, here 8 of 12.
// expected-error @+1 {{schedule has vectors = 2; expected at most 1}}
vox.kernel @MatMulVectors(%a: tensor<6x8xf32>, %b: tensor<8x12xf32>) -> tensor<6x12xf32> {
  %0 = vox.matmul %a, %b : (tensor<6x8xf32>, tensor<8x12xf32>) -> tensor<6x12xf32>
  vox.yield %0 : tensor<6x12xf32>
} schedule <algorithm = dense, lanes = 16, columns = 2, vectors = 2, rows = 6>

// -----

// Tiles are cut from the rows of a task.
// expected-error @+1 {{schedule has columns = 4; expected at most 3}}
vox.kernel @MatMulColumns(%a: tensor<6x8xf32>, %b: tensor<8x12xf32>) -> tensor<6x12xf32> {
  %0 = vox.matmul %a, %b : (tensor<6x8xf32>, tensor<8x12xf32>) -> tensor<6x12xf32>
  vox.yield %0 : tensor<6x12xf32>
} schedule <algorithm = dense, lanes = 4, columns = 4, rows = 3>

// -----

// expected-error @+1 {{schedule has rows = 7; expected at most 6}}
vox.kernel @MatMulRows(%a: tensor<6x8xf32>, %b: tensor<8x12xf32>) -> tensor<6x12xf32> {
  %0 = vox.matmul %a, %b : (tensor<6x8xf32>, tensor<8x12xf32>) -> tensor<6x12xf32>
  vox.yield %0 : tensor<6x12xf32>
} schedule <algorithm = dense, lanes = 4, rows = 7>

// -----

#c8 = #vox.layout<block = 8>
vox.kernel @IndicesOfBlocks(%x: tensor<1x8x4xf32, #c8>) -> tensor<1x8x3xi64> {
  // expected-error @+1 {{input has a layout; expected a planar one}}
  %0 = vox.pool_indices %x kernel = [2] strides = [1] dilations = [1] pads = [0, 0] : tensor<1x8x4xf32, #c8> -> tensor<1x8x3xi64>
  vox.yield %0 : tensor<1x8x3xi64>
} schedule <algorithm = window>
