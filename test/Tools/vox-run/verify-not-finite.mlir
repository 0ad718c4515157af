// NaN and infinities must match in place and kind; a float32 can't hold 3e38
// times 10, so that counts as infinity.

// RUN: vox-run %s --evaluate=reference --fill=ones --output=@%t.f4.raw
// RUN: vox-run %s --evaluate=reference --fill=ones --verify=%t.f4.raw \
// RUN:     | FileCheck %s --check-prefix=SAME
// RUN: bash -c 'vox-run %s --evaluate=reference --fill=zeros \
// RUN:     --verify=%t.f4.raw; test $? -eq 2' | FileCheck %s --check-prefix=OTHER

// SAME: verify: output "y": max error 0.00e+00 of RMS (limit 2.00e-05): ok
// OTHER: verify: output "y": max error inf of RMS (limit 2.00e-05): FAILED
// OTHER-NEXT: verify: worst element [1]: nan; reference inf

func.func @main(%x: tensor<5xf32> {vox.name = "x"})
    -> (tensor<5xf32> {vox.name = "y"}) {
  %odd = vox.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 3.0e+38, 2.0]>
      : tensor<5xf32>
  %times = vox.constant dense<[1.0, 1.0, 1.0, 10.0, 1.0]> : tensor<5xf32>
  %0 = vox.mul %odd, %x : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  %y = vox.mul %0, %times : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  return %y : tensor<5xf32>
}
