// RUN: vox-translate --mlir-to-onnx %s -o %t.onnx
// RUN: voxc %t.onnx --compile-to=import -o - | FileCheck %s
// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s --check-prefix=VALUES
// RUN: vox-run %t.onnx --evaluate=reference --fill=iota --print | FileCheck %s --check-prefix=VALUES

// ONNX has no weighted sums of neighbours. As its other ops they read what they
// did, positions beyond the border among it.

// CHECK-LABEL: func.func @main
// CHECK-DAG: %[[W:.*]] = vox.constant dense<{{.*}}> : tensor<3x2x1xf32>
// CHECK-DAG: %[[P:.*]] = vox.constant dense<{{\[\[}}0, 0], [0, 1], [1, 1]]> : tensor<3x2xi64>
// CHECK-DAG: %[[G:.*]] = vox.gather %arg0, %[[P]] axis = 0 {{.*}} -> tensor<3x2x3xf32>
// CHECK: %[[M:.*]] = vox.mul %[[G]], %[[W]]
// CHECK: vox.reduce sum %[[M]] axes = [1]
// CHECK: %[[N:.*]] = vox.gather {{.*}} axis = 1 {{.*}} -> tensor<3x1x2xf32>
// CHECK: %[[C:.*]] = vox.constant dense<{{\[\[}}1.000000e+02, -5.000000e+01]]>
// CHECK: vox.mul %[[N]], %[[C]]
// VALUES: values: "y" 0 0 75 150{{$}}
func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}) -> (tensor<4xf32> {vox.name = "y"}) {
  %from = vox.constant dense<[-7, 0, 9]> : tensor<3xi32>
  %shares = vox.constant dense<[[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]]> : tensor<3x2xf32>
  %rows = vox.resample %x, %from, %shares axis = 0 {layer = "rows"}
      : (tensor<2x3xf32>, tensor<3xi32>, tensor<3x2xf32>) -> tensor<3x3xf32>
  %first = vox.constant dense<1> : tensor<1xi32>
  %weights = vox.constant dense<[[100.0, -50.0]]> : tensor<1x2xf32>
  %columns = vox.resample %rows, %first, %weights axis = 1 {layer = "columns"}
      : (tensor<3x3xf32>, tensor<1xi32>, tensor<1x2xf32>) -> tensor<3x1xf32>
  %line = vox.reshape %columns : tensor<3x1xf32> -> tensor<3xf32>
  %y = vox.pad %line pads = [1, 0] value = 0.0 : tensor<3xf32> -> tensor<4xf32>
  return %y : tensor<4xf32>
}
