// The reference against files that the reference wrote: float64 exactly,
// float32 within the rounding of one float32.

// RUN: vox-run %s --evaluate=reference --output=@%t.npy
// RUN: vox-run %s --evaluate=reference --verify=%t.npy \
// RUN:     | FileCheck %s --check-prefix=SAME
// RUN: vox-run %s --evaluate=reference --seed=1 --output=@%t.raw
// RUN: vox-run %s --evaluate=reference --seed=1 --verify=%t.raw \
// RUN:     | FileCheck %s --check-prefix=ROUNDED

// Other inputs give other results: exit code 2 and the worst element. With
// iota the outputs are 0, 1/3, 2/3, with ones 1/3 each, so the error is 1/3 of
// sqrt(5/27) = 0.430.

// RUN: vox-run %s --evaluate=reference --fill=iota --output=@%t.iota.npy
// RUN: bash -c 'vox-run %s --evaluate=reference --fill=ones \
// RUN:     --verify=%t.iota.npy; test $? -eq 2' \
// RUN:     | FileCheck %s --check-prefix=FAILED
// RUN: vox-run %s --evaluate=reference --fill=ones --verify=%t.iota.npy \
// RUN:     --rtol=0.8 | FileCheck %s --check-prefix=LOOSE
// RUN: vox-run %s --evaluate=reference --fill=ones --verify=%t.iota.npy \
// RUN:     --atol=0.5 | FileCheck %s --check-prefix=ABSOLUTE

// A reference of zeros has no RMS to be relative to.

// RUN: vox-run %s --evaluate=reference --fill=zeros --output=@%t.zeros.npy
// RUN: vox-run %s --evaluate=reference --fill=zeros --verify=%t.zeros.npy \
// RUN:     | FileCheck %s --check-prefix=ZEROS
// RUN: bash -c 'vox-run %s --evaluate=reference --fill=ones \
// RUN:     --verify=%t.zeros.npy --atol=1e-3; test $? -eq 2' \
// RUN:     | FileCheck %s --check-prefix=NOT-ZEROS

// SAME: verify: output "y": max error 0.00e+00 of RMS (limit 2.00e-05): ok
// ROUNDED: verify: output "y": max error {{[1-9][.0-9]+}}e-08 of RMS (limit 2.00e-05): ok
// FAILED: verify: output "y": max error 7.75e-01 of RMS (limit 2.00e-05): FAILED
// FAILED-NEXT: verify: worst element [0]: 0.333333333; reference 0
// LOOSE: verify: output "y": max error 7.75e-01 of RMS (limit 8.00e-01): ok
// ABSOLUTE: verify: output "y": max error 7.75e-01 of RMS (limit 1.16e+00): ok
// ZEROS: verify: output "y": max error 0.00e+00 absolute (limit 1.00e-06): ok
// NOT-ZEROS: verify: output "y": max error 3.33e-01 absolute (limit 1.00e-03): FAILED

func.func @main(%x: tensor<3xf32> {vox.name = "x"})
    -> (tensor<3xf32> {vox.name = "y"}) {
  %three = vox.constant dense<3.0> : tensor<f32>
  %y = vox.div %x, %three : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
