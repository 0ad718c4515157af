// UNSUPPORTED: sanitizer

// RUN: not bash -c 'ulimit -v 2500000; vox-run %s --evaluate=reference' \
// RUN:     2>&1 | FileCheck %s

// 2 GiB in float64 are refused before they are asked for.

func.func @main(%x: tensor<16384x1xf32>) -> tensor<16384x16384xf32> {
  %row = vox.constant dense<1.0> : tensor<16384xf32>
  // CHECK: error: {{.*}}result of shape 16384x16384, for which there is not enough memory to evaluate it in float64
  %0 = vox.add %x, %row
      : (tensor<16384x1xf32>, tensor<16384xf32>) -> tensor<16384x16384xf32>
  return %0 : tensor<16384x16384xf32>
}
