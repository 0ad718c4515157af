// Batch norms that must stay, each with the reason that users see.

// RUN: vox-opt %s --vox-fold-batch-norm --remarks-filter='vox-fold.*' --remark-format=emitRemark --mlir-disable-threading 2>%t.remarks | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.remarks

// REMARK-NOT: BatchNormFolded

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the layer before it has other users"
// CHECK-LABEL: func.func @LayerHasAnotherUser(
// CHECK: vox.batch_norm
func.func @LayerHasAnotherUser(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.add %0, %1 : (tensor<3x1xf32>, tensor<3x1xf32>) -> tensor<3x1xf32>
  return %2 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the layer before it has other users"
// CHECK-LABEL: func.func @LayerIsAnOutput(
// CHECK: vox.batch_norm
func.func @LayerIsAnOutput(%x: tensor<3x1xf32>) -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %0, %1 : tensor<3x1xf32>, tensor<3x1xf32>
}

// Callers give the weights (in ONNX also: may override an initializer).
// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the weights are not constant"
// CHECK-LABEL: func.func @WeightsAreAnInput(
// CHECK: vox.batch_norm
func.func @WeightsAreAnInput(%x: tensor<3x1xf32>, %v: tensor<1x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %v : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the layer's bias is not constant"
// CHECK-LABEL: func.func @BiasIsAnInput(
// CHECK: vox.batch_norm
func.func @BiasIsAnInput(%x: tensor<3x1xf32>, %b: tensor<1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w bias %b : (tensor<3x1xf32>, tensor<1x1xf32>, tensor<1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its parameters are not constant"
// CHECK-LABEL: func.func @ScaleOfNormIsAnInput(
// CHECK: vox.batch_norm
func.func @ScaleOfNormIsAnInput(%x: tensor<3x1xf32>, %p: tensor<1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %p bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its parameters are not constant"
// CHECK-LABEL: func.func @BiasOfNormIsAnInput(
// CHECK: vox.batch_norm
func.func @BiasOfNormIsAnInput(%x: tensor<3x1xf32>, %p: tensor<1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %p mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its parameters are not constant"
// CHECK-LABEL: func.func @MeanOfNormIsAnInput(
// CHECK: vox.batch_norm
func.func @MeanOfNormIsAnInput(%x: tensor<3x1xf32>, %p: tensor<1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %p variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its parameters are not constant"
// CHECK-LABEL: func.func @VarianceOfNormIsAnInput(
// CHECK: vox.batch_norm
func.func @VarianceOfNormIsAnInput(%x: tensor<3x1xf32>, %p: tensor<1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %p epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// The shift can not move past the zeros that pad the input.
// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="what it normalises is not a convolution or dense layer"
// CHECK-LABEL: func.func @BeforeLayer(
// CHECK: vox.batch_norm
func.func @BeforeLayer(%x: tensor<1x1x4xf32>) -> tensor<1x1x4xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %cw = vox.constant dense<1.0> : tensor<1x1x3xf32>
  %0 = vox.batch_norm %x scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x1x4xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %1 = vox.conv %0, %cw strides = [1] dilations = [1] pads = [1, 1] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  return %1 : tensor<1x1x4xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="what it normalises is not a convolution or dense layer"
// CHECK-LABEL: func.func @BehindActivation(
// CHECK: vox.batch_norm
func.func @BehindActivation(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %2 = vox.activation #vox.relu %0 : tensor<3x1xf32>
  %1 = vox.batch_norm %2 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="what it normalises is not a convolution or dense layer"
// CHECK-LABEL: func.func @OfAnInput(
// CHECK: vox.batch_norm
func.func @OfAnInput(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %1 = vox.batch_norm %x scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// The layer's channels are the last dimension, the norm's are the second.
// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the dense layer before it has more than one row dimension"
// CHECK-LABEL: func.func @DenseOfHigherRank(
// CHECK: vox.batch_norm
func.func @DenseOfHigherRank(%x: tensor<3x1x1xf32>) -> tensor<3x1x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1x1xf32>, tensor<1x1xf32>) -> tensor<3x1x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<3x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its factor for channel 0 is not finite"
// CHECK-LABEL: func.func @ZeroVarianceWithoutEpsilon(
// CHECK: vox.batch_norm
func.func @ZeroVarianceWithoutEpsilon(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %zero epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its factor for channel 0 is not finite"
// CHECK-LABEL: func.func @NegativeVariance(
// CHECK: vox.batch_norm
func.func @NegativeVariance(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %minus = vox.constant dense<-1.0> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %minus epsilon = 1.000000e-05
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its factor for channel 0 is not finite"
// CHECK-LABEL: func.func @VarianceIsNaN(
// CHECK: vox.batch_norm
func.func @VarianceIsNaN(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %nan = vox.constant dense<0x7FC00000> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %nan epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="its factor for channel 0 is not finite"
// CHECK-LABEL: func.func @BiasOverflows(
// CHECK: vox.batch_norm
func.func @BiasOverflows(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %huge = vox.constant dense<3.0e+38> : tensor<1xf32>
  %0 = vox.dense %x, %w : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %huge bias %one mean %huge variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="a folded weight of channel 0 is not finite"
// CHECK-LABEL: func.func @WeightOverflows(
// CHECK: vox.batch_norm
func.func @WeightOverflows(%x: tensor<3x1xf32>) -> tensor<3x1xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1xf32>
  %zero = vox.constant dense<0.0> : tensor<1xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %huge = vox.constant dense<3.0e+38> : tensor<1xf32>
  %ten = vox.constant dense<10.0> : tensor<1x1xf32>
  %0 = vox.dense %x, %ten : (tensor<3x1xf32>, tensor<1x1xf32>) -> tensor<3x1xf32>
  %1 = vox.batch_norm %0 scale %huge bias %one mean %zero variance %one epsilon = 0.000000e+00
      : tensor<3x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<3x1xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the layer before it has other users"
// CHECK-LABEL: func.func @ConvTransposeHasAnotherUser(
// CHECK: vox.batch_norm
func.func @ConvTransposeHasAnotherUser(%x: tensor<1x1x4xf32>) -> tensor<1x1x8xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x2xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x8xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x1x8xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  %2 = vox.add %0, %1 : (tensor<1x1x8xf32>, tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
  return %2 : tensor<1x1x8xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the weights are not constant"
// CHECK-LABEL: func.func @WeightsOfConvTransposeAreAnInput(
// CHECK: vox.batch_norm
func.func @WeightsOfConvTransposeAreAnInput(%x: tensor<1x1x4xf32>, %w: tensor<1x1x2xf32>) -> tensor<1x1x8xf32> {
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.conv_transpose %x, %w strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x8xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x1x8xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<1x1x8xf32>
}

// REMARK: [Missed] BatchNormKept | Category:vox-fold-batch-norm | {{.*}}Reason="the layer's bias is not constant"
// CHECK-LABEL: func.func @BiasOfConvTransposeIsAnInput(
// CHECK: vox.batch_norm
func.func @BiasOfConvTransposeIsAnInput(%x: tensor<1x1x4xf32>, %b: tensor<1xf32>) -> tensor<1x1x8xf32> {
  %w = vox.constant dense<1.0> : tensor<1x1x2xf32>
  %one = vox.constant dense<1.0> : tensor<1xf32>
  %0 = vox.conv_transpose %x, %w bias %b strides = [2] dilations = [1] pads = [0, 0] output_pads = [0] groups = 1
      : (tensor<1x1x4xf32>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x1x8xf32>
  %1 = vox.batch_norm %0 scale %one bias %one mean %one variance %one epsilon = 0.000000e+00
      : tensor<1x1x8xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
  return %1 : tensor<1x1x8xf32>
}
