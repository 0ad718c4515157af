// RUN: vox-translate --mlir-to-onnx -split-input-file -verify-diagnostics %s

// What can't be said in ONNX.

func.func @group(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-error @+1 {{'vox.group' op can't be written as ONNX; expected a network of phase import or graph}}
  %y = vox.group(%in = %x : tensor<2xf32>) -> tensor<2xf32> {
    %r = vox.activation #vox.relu %in : tensor<2xf32>
    vox.yield %r : tensor<2xf32>
  }
  return %y : tensor<2xf32>
}

// -----

func.func @layout(%x: tensor<1x16x4xf32>) -> tensor<1x16x4xf32> {
  // expected-error @+1 {{'vox.pack' op can't be written as ONNX; expected a network of phase import or graph}}
  %p = vox.pack %x : tensor<1x16x4xf32> -> tensor<1x16x4xf32, #vox.layout<block = 16>>
  %u = vox.unpack %p : tensor<1x16x4xf32, #vox.layout<block = 16>> -> tensor<1x16x4xf32>
  return %u : tensor<1x16x4xf32>
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: "input0" is 'tensor<1x16x4xf32, #vox.layout<block = 16>>'; expected a planar tensor}}
func.func @blocked(%x: tensor<1x16x4xf32, #vox.layout<block = 16>>) -> tensor<1x16x4xf32, #vox.layout<block = 16>> {
  return %x : tensor<1x16x4xf32, #vox.layout<block = 16>>
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: "input0" is 'f64'; expected a planar tensor}}
func.func @scalar(%x: f64) -> f64 {
  return %x : f64
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: "n" names several inputs or outputs; expected different names}}
func.func @inputs(%x: tensor<2xf32> {vox.name = "n"}, %y: tensor<2xf32> {vox.name = "n"}) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: "n" names several inputs or outputs; expected different names}}
func.func @outputs(%x: tensor<2xf32> {vox.name = "n"}) -> (tensor<2xf32> {vox.name = "n"}, tensor<2xf32> {vox.name = "n"}) {
  return %x, %x : tensor<2xf32>, tensor<2xf32>
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: "n" names several inputs or outputs; expected different names}}
func.func @other(%x: tensor<2xf32> {vox.name = "n"}) -> (tensor<2xf32> {vox.name = "n"}) {
  %y = vox.activation #vox.relu %x : tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

func.func @one(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
// expected-error @+1 {{'func.func' op can't be written as ONNX; expected one function, the network}}
func.func @two(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX; expected one function, the network, with one block and an output}}
func.func private @declared(tensor<2xf32>) -> tensor<2xf32>

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX; expected one function, the network, with one block and an output}}
func.func @nothing(%x: tensor<2xf32>) {
  return
}

// -----

// expected-error @+1 {{'func.func' op can't be written as ONNX: has 2147483664 bytes of constants; expected at most 2130706432}}
func.func @large(%x: tensor<1xf32>) -> tensor<1xf32> {
  %c = vox.constant dense<1.0> : tensor<536870910xf32>
  %s = vox.slice %c starts = [0] steps = [1] : tensor<536870910xf32> -> tensor<1xf32>
  return %s : tensor<1xf32>
}

// -----

func.func @scales(%x: tensor<4xf32>) -> tensor<6xf32> {
  // expected-error @+1 {{'vox.resize' op has scales that neither are float32 numbers nor follow from the shapes, which ONNX can't express}}
  %y = vox.resize nearest %x scales = [1.55] coordinates = asymmetric rounding = floor : tensor<4xf32> -> tensor<6xf32>
  return %y : tensor<6xf32>
}

// -----

func.func @starts(%x: tensor<4xf32>, %s: tensor<6xi32>, %w: tensor<6x2xf32>) -> tensor<6xf32> {
  // expected-error @+1 {{'vox.resample' op has computed starts, which ONNX can't express; expected constants}}
  %y = vox.resample %x, %s, %w axis = 0 : (tensor<4xf32>, tensor<6xi32>, tensor<6x2xf32>) -> tensor<6xf32>
  return %y : tensor<6xf32>
}
