// Models compiled on the fly and before, in phases in between, on several
// threads, and their times.

// RUN: vox-run %s --verify=reference --print --fill=iota --threads=2 \
// RUN:     | FileCheck %s --check-prefixes=MODEL,VALUES
// RUN: vox-run %s --verify=reference -O0 --disable-pass=vox-fold-batch-norm \
// RUN:     | FileCheck %s --check-prefix=MODEL
// RUN: voxc %s -o %t.so
// RUN: vox-run %t.so --verify=reference --source=%s --warmUp=1 --threads=1 \
// RUN:     --iterations=5 --percentile=50,90 --exportTimes=%t.json \
// RUN:     | FileCheck %s --check-prefix=LIBRARY
// RUN: FileCheck %s --check-prefix=TIMES < %t.json
// RUN: voxc %s --compile-to=schedules -o %t.schedules.mlir
// RUN: vox-run %t.schedules.mlir --compile-from=schedules --verify=reference \
// RUN:     | FileCheck %s --check-prefix=MODEL
// RUN: voxc %s --compile-to=kernels -o %t.kernels.mlir
// RUN: vox-run %t.kernels.mlir --compile-from=kernels --verify=reference \
// RUN:     | FileCheck %s --check-prefix=MODEL

// MODEL: model:  {{.*}}.mlir, target host, threads
// MODEL-NEXT: input:  "x" 1x2x2x2
// MODEL-NEXT: time:   min {{[0-9.e-]+}} ms, median {{[0-9.e-]+}} ms, mean {{[0-9.e-]+}} ms, p95 {{[0-9.e-]+}} ms, p99 {{[0-9.e-]+}} ms (1 run)
// MODEL-NEXT: output: "y" 1x2x2x2
// VALUES-NEXT: values: "y" 0 0 0 1 5 6 7 8
// MODEL-NEXT: verify: output "y": max error {{.*}} (limit 2.00e-05): ok
// LIBRARY: model:  {{.*}}.so, threads 1
// LIBRARY: time:   min {{.*}}, median {{.*}}, p50 {{.*}}, p90 {{.*}} ms (5 runs)
// LIBRARY: verify: output "y": {{.*}}: ok
// TIMES: "startMs": 0.0
// TIMES-NEXT: "latencyMs": {{[0-9]+\.[0-9]+$}}

// An output without a name has the same one in the library as in its source.

// RUN: voxc %S/../voxc/Inputs/layers.mlir -o %t.unnamed.so
// RUN: vox-run %t.unnamed.so --verify=reference \
// RUN:     --source=%S/../voxc/Inputs/layers.mlir \
// RUN:     | FileCheck %s --check-prefix=UNNAMED
// UNNAMED: verify: output "y": {{.*}}: ok
// UNNAMED: verify: output "output1": {{.*}}: ok

// Failures: another model as the source, a bound that float32 can't meet, an
// unknown target.

// RUN: not vox-run %t.so --verify=reference --source=%S/verify.mlir 2>&1 \
// RUN:     | FileCheck %s --check-prefix=SOURCE
// SOURCE: vox-run: error: "{{.*}}.so" and "{{.*}}verify.mlir" differ in inputs or outputs
// RUN: not vox-run %t.so --shapes=z:3 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: vox-run: error: --shapes: the model has no input "z"
// RUN: not vox-run %t.so --shapes=x:3 2>&1 | FileCheck %s --check-prefix=RANK
// RANK: .so: error: input "x"
// RUN: not vox-run %s --target=z80 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: unknown target 'z80'
// RUN: bash -c 'vox-run %s --verify=reference --rtol=0; test $? -eq 2' \
// RUN:     | FileCheck %s --check-prefix=EXACT
// EXACT: verify: output "y": max error {{.*}} (limit 0.00e+00): FAILED
// EXACT-NEXT: verify: worst element [{{[0-9, ]+}}]: {{[0-9.]+}}; reference {{[0-9.]+}}

func.func @main(%x: tensor<1x2x2x2xf32> {vox.name = "x"})
    -> (tensor<1x2x2x2xf32> {vox.name = "y"}) {
  %w = vox.constant dense<[[[[1.0]], [[0.0]]], [[[0.25]], [[0.75]]]]>
      : tensor<2x2x1x1xf32>
  %b = vox.constant dense<[-2.0, 2.0]> : tensor<2xf32>
  %c = vox.conv %x, %w bias %b strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1
      : (tensor<1x2x2x2xf32>, tensor<2x2x1x1xf32>, tensor<2xf32>)
      -> tensor<1x2x2x2xf32>
  %y = vox.activation #vox.relu %c : tensor<1x2x2x2xf32>
  return %y : tensor<1x2x2x2xf32>
}
