// RUN: vox-opt %s -split-input-file -verify-diagnostics

func.func @TwoTypes(%x: tensor<5x6xf32>, %at: tensor<3xi64>) {
  // expected-error @+1 {{has data of elements 'f32' and 'i32'; expected one type}}
  %0 = vox.gather %x, %at axis = 0 : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<3x6xi32>
  return
}

// -----

func.func @NoElements(%x: tensor<0x6xf32>, %at: tensor<3xi64>) {
  // expected-error @+1 {{data has shape 0x6; expected at least one element}}
  %0 = vox.gather %x, %at axis = 0 : (tensor<0x6xf32>, tensor<3xi64>) -> tensor<3x6xf32>
  return
}

// -----

func.func @AxisPastRank(%x: tensor<5x6xf32>, %at: tensor<3xi64>) {
  // expected-error @+1 {{axis is 2; expected 0 to 1}}
  %0 = vox.gather %x, %at axis = 2 : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<5x6x3xf32>
  return
}

// -----

func.func @GatherShape(%x: tensor<5x6xf32>, %at: tensor<3xi64>) {
  // expected-error @+1 {{result has shape 3x5; expected 3x6}}
  %0 = vox.gather %x, %at axis = 0 : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<3x5xf32>
  return
}

// -----

func.func @FloatIndices(%x: tensor<5x6xf32>, %at: tensor<3xf32>) {
  // expected-error @+1 {{operand #1 must be statically shaped tensor (fewer than 2^31 elements) of 32-bit signless integer or 64-bit signless integer values}}
  %0 = vox.gather %x, %at axis = 0 : (tensor<5x6xf32>, tensor<3xf32>) -> tensor<3x6xf32>
  return
}

// -----

func.func @RankOfIndices(%x: tensor<5x6xf32>, %at: tensor<3xi64>) {
  // expected-error @+1 {{indices have shape 3; expected at most 5x6 in the dimensions other than 0}}
  %0 = vox.gather_elements %x, %at axis = 0 : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @LongIndices(%x: tensor<5x6xf32>, %at: tensor<5x7xi64>) {
  // expected-error @+1 {{indices have shape 5x7; expected at most 5x6 in the dimensions other than 0}}
  %0 = vox.gather_elements %x, %at axis = 0 : (tensor<5x6xf32>, tensor<5x7xi64>) -> tensor<5x7xf32>
  return
}

// -----

func.func @NegativeAxis(%x: tensor<5x6xf32>, %at: tensor<5x6xi64>) {
  // expected-error @+1 {{axis is -1; expected 0 to 1}}
  %0 = vox.gather_elements %x, %at axis = -1 : (tensor<5x6xf32>, tensor<5x6xi64>) -> tensor<5x6xf32>
  return
}

// -----

func.func @BatchDims(%x: tensor<2x5xf32>, %at: tensor<2x1xi64>) {
  // expected-error @+1 {{batch_dims is 2; expected less than 2, and 2x5 and 2x1 to agree in so many dimensions}}
  %0 = vox.gather_nd %x, %at batch_dims = 2 : (tensor<2x5xf32>, tensor<2x1xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @OtherBatch(%x: tensor<2x5xf32>, %at: tensor<3x1xi64>) {
  // expected-error @+1 {{batch_dims is 1; expected less than 2, and 2x5 and 3x1 to agree in so many dimensions}}
  %0 = vox.gather_nd %x, %at batch_dims = 1 : (tensor<2x5xf32>, tensor<3x1xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @ScalarIndices(%x: tensor<2x5xf32>, %at: tensor<i64>) {
  // expected-error @+1 {{batch_dims is 0; expected less than 0}}
  %0 = vox.gather_nd %x, %at batch_dims = 0 : (tensor<2x5xf32>, tensor<i64>) -> tensor<5xf32>
  return
}

// -----

func.func @LongTuples(%x: tensor<2x5xf32>, %at: tensor<4x3xi64>) {
  // expected-error @+1 {{indices list 3 positions; expected 1 to 2}}
  %0 = vox.gather_nd %x, %at batch_dims = 0 : (tensor<2x5xf32>, tensor<4x3xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @GatherNDShape(%x: tensor<2x5xf32>, %at: tensor<4x1xi64>) {
  // expected-error @+1 {{result has shape 4; expected 4x5}}
  %0 = vox.gather_nd %x, %at batch_dims = 0 : (tensor<2x5xf32>, tensor<4x1xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @BoolSums(%x: tensor<5xi1>, %at: tensor<3xi64>, %updates: tensor<3xi1>) {
  // expected-error @+1 {{combines elements of type 'i1' by add; expected numbers}}
  %0 = vox.scatter_elements add %x, %at, %updates axis = 0 : (tensor<5xi1>, tensor<3xi64>, tensor<3xi1>) -> tensor<5xi1>
  return
}

// -----

func.func @UpdatesOfAnotherType(%x: tensor<5xf32>, %at: tensor<3xi64>, %updates: tensor<3xi32>) {
  // expected-error @+1 {{has data of elements 'f32' and 'i32'; expected one type}}
  %0 = vox.scatter_elements assign %x, %at, %updates axis = 0 : (tensor<5xf32>, tensor<3xi64>, tensor<3xi32>) -> tensor<5xf32>
  return
}

// -----

func.func @ScatterAxis(%x: tensor<5xf32>, %at: tensor<3xi64>, %updates: tensor<3xf32>) {
  // expected-error @+1 {{axis is 1; expected 0 to 0}}
  %0 = vox.scatter_elements assign %x, %at, %updates axis = 1 : (tensor<5xf32>, tensor<3xi64>, tensor<3xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @FewUpdates(%x: tensor<5xf32>, %at: tensor<3xi64>, %updates: tensor<2xf32>) {
  // expected-error @+1 {{updates have shape 2; expected 3, that of the indices}}
  %0 = vox.scatter_elements assign %x, %at, %updates axis = 0 : (tensor<5xf32>, tensor<3xi64>, tensor<2xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @ScatterShape(%x: tensor<5xf32>, %at: tensor<3xi64>, %updates: tensor<3xf32>) {
  // expected-error @+1 {{result has shape 3; expected 5}}
  %0 = vox.scatter_elements assign %x, %at, %updates axis = 0 : (tensor<5xf32>, tensor<3xi64>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @ShortSlices(%x: tensor<5x6xf32>, %at: tensor<3x1xi64>, %updates: tensor<3x5xf32>) {
  // expected-error @+1 {{updates have shape 3x5; expected 3x6}}
  %0 = vox.scatter_nd assign %x, %at, %updates : (tensor<5x6xf32>, tensor<3x1xi64>, tensor<3x5xf32>) -> tensor<5x6xf32>
  return
}

// -----

func.func @ScatterTuples(%x: tensor<5xf32>, %at: tensor<3x2xi64>, %updates: tensor<3xf32>) {
  // expected-error @+1 {{indices list 2 positions; expected 1 to 1}}
  %0 = vox.scatter_nd assign %x, %at, %updates : (tensor<5xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @TopKAxis(%x: tensor<5xf32>) {
  // expected-error @+1 {{axis is 1; expected 0 to 0}}
  %0 = vox.topk %x axis = 1 : tensor<5xf32> -> tensor<5xi64>
  return
}

// -----

func.func @TooMany(%x: tensor<5xf32>) {
  // expected-error @+1 {{gives 6 positions along dimension 0; expected 1 to 5}}
  %0 = vox.topk %x axis = 0 : tensor<5xf32> -> tensor<6xi64>
  return
}

// -----

func.func @None(%x: tensor<5xf32>) {
  // expected-error @+1 {{gives 0 positions along dimension 0; expected 1 to 5}}
  %0 = vox.topk %x axis = 0 : tensor<5xf32> -> tensor<0xi64>
  return
}

// -----

func.func @TopKShape(%x: tensor<2x5xf32>) {
  // expected-error @+1 {{result has shape 3x4; expected 2x4}}
  %0 = vox.topk %x axis = 1 : tensor<2x5xf32> -> tensor<3x4xi64>
  return
}

// -----

func.func @TopKOfBools(%x: tensor<5xi1>) {
  // expected-error @+1 {{operand #0 must be statically shaped tensor}}
  %0 = vox.topk %x axis = 0 : tensor<5xi1> -> tensor<2xi64>
  return
}

// -----

func.func @TopKOfMany(%x: tensor<1200x1000000xui8>) {
  // expected-error @+1 {{ranks 1200000000 elements; expected at most 536870911}}
  %0 = vox.topk %x axis = 0 : tensor<1200x1000000xui8> -> tensor<1x1000000xi64>
  return
}
