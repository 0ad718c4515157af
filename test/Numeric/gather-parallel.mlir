// Kernels that are large enough for several threads.
// RUN: vox-run %s --fill=random --threads=4 --verify=reference | FileCheck %s
// RUN: voxc %s --compile-to=schedules -o - | FileCheck %s --check-prefix=SCHEDULES

// CHECK: "y0": max error {{.*}}: ok
// CHECK: "y1": max error {{.*}}: ok
// CHECK: "y2": max error {{.*}}: ok
// CHECK: "y3": 0 of 7000 elements differ: ok

// SCHEDULES-COUNT-4: parallel =

// Random integers are -128 to 127.
func.func @main(%x: tensor<90x60x67xf32>, %i: tensor<90x1xi64>, %j: tensor<90x60x67xi32>, %u: tensor<90x60x67xf32>,
                %many: tensor<7x1031xf32>)
    -> (tensor<90x1x60x67xf32> {vox.name = "y0"}, tensor<90x60x67xf32> {vox.name = "y1"},
        tensor<90x60x67xf32> {vox.name = "y2"}, tensor<7x1000xi64> {vox.name = "y3"}) {
  %0 = vox.gather %x, %i axis = 0 : (tensor<90x60x67xf32>, tensor<90x1xi64>) -> tensor<90x1x60x67xf32>
  %1 = vox.scatter_elements add %x, %j, %u axis = 1
      : (tensor<90x60x67xf32>, tensor<90x60x67xi32>, tensor<90x60x67xf32>) -> tensor<90x60x67xf32>
  %2 = vox.scatter_nd assign %x, %i, %u
      : (tensor<90x60x67xf32>, tensor<90x1xi64>, tensor<90x60x67xf32>) -> tensor<90x60x67xf32>
  %3 = vox.topk %many axis = 1 : tensor<7x1031xf32> -> tensor<7x1000xi64>
  return %0, %1, %2, %3 : tensor<90x1x60x67xf32>, tensor<90x60x67xf32>, tensor<90x60x67xf32>, tensor<7x1000xi64>
}
