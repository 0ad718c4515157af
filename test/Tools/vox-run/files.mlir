// Inputs and outputs by name and by order, in each format.

// RUN: vox-run %s --evaluate=reference --fill=iota --output=sum=@%t.raw \
// RUN:     --output=@%t.npy | FileCheck %s --check-prefix=WRITE
// RUN: vox-run %s --evaluate=reference --fill=zeros --print \
// RUN:     --input=b=@%t.raw | FileCheck %s --check-prefix=NAMED
// RUN: vox-run %s --evaluate=reference --fill=zeros --print \
// RUN:     --input=@%t.raw | FileCheck %s --check-prefix=FIRST

// Random inputs, computed in Python from the description in
// tools/vox-run/Tensor.h.

// RUN: vox-run %s --evaluate=reference --print --seed=7 \
// RUN:     | FileCheck %s --check-prefix=RANDOM

// WRITE: model: {{.*}}files.mlir, float64 reference
// WRITE-NEXT: input: "a" 2x2, min 0, max 3, mean 1.5, RMS 1.871
// WRITE-NEXT: input: "b" 2x2, min 0, max 3, mean 1.5, RMS 1.871
// WRITE-NEXT: output: "difference" 2x2, min 0, max 0, mean 0, RMS 0
// WRITE-NEXT: output: "sum" 2x2, min 0, max 6, mean 3, RMS 3.742
// NAMED: values: "difference" 0 -2 -4 -6
// NAMED: values: "sum" 0 2 4 6
// FIRST: values: "difference" 0 2 4 6
// RANDOM: values: "difference" -0.485350105 -1.13320634 2.05843997 -0.00689855218
// RANDOM: values: "sum" -0.466908124 -0.602888137 -0.859131336 0.691822439

func.func @main(%a: tensor<2x2xf32> {vox.name = "a"},
                %b: tensor<2x2xf32> {vox.name = "b"})
    -> (tensor<2x2xf32> {vox.name = "difference"},
        tensor<2x2xf32> {vox.name = "sum"}) {
  %difference = vox.sub %a, %b
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %sum = vox.add %a, %b
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %difference, %sum : tensor<2x2xf32>, tensor<2x2xf32>
}
