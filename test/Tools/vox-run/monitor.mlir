// What the units of a network's activations do on a folder of samples: of a
// model that is compiled on the fly, and of one that was compiled with monitors.

// RUN: rm -rf %t && mkdir -p %t/samples %t/none
// RUN: %python %S/Inputs/make-samples.py %t/samples
// RUN: vox-run %s --target=avx2 --monitor=%t/samples --exportMonitor=%t/a.json,%t/page.html \
// RUN:     | FileCheck %s
// RUN: FileCheck %s --check-prefix=JSON < %t/a.json
// RUN: FileCheck %s --check-prefix=PAGE < %t/page.html
// RUN: voxc %s --target=avx2 --monitor-activations -o %t/model.so
// RUN: vox-run %t/model.so --monitor=%t/samples --exportMonitor=%t/b.json | FileCheck %s
// RUN: cmp %t/a.json %t/b.json
// RUN: vox-run %s -O0 --target=avx2 --monitor=%t/samples | FileCheck %s

// Two samples (0 to 5, and minus those) in four files: the first suffix counts,
// and what is expected is no sample. Channel 0 sees 0 1 2 and 0 -1 -2, channel 1
// 3 4 5 and -3 -4 -5, channel 2 nothing.

//      CHECK: monitor: 2 samples of {{.*}}samples
// CHECK-NEXT:   units    dead    zeros  saturated        mean         std         min         max  function  layer
// CHECK-NEXT:       3       1   72.22%          -      0.8333       1.537           0           5  relu{{ +}}\22relu\22\0A{{$}}
// CHECK-NEXT:       2       0    0.00%     50.00%         {{.*}}  sigmoid{{ +}}activation{{$}}

//      JSON: "deadUnits": 0.33333333333333331,
// JSON-NEXT: "function": "relu",
// JSON-NEXT: "layer": "\"relu\"\n",
//      JSON: "count": 6,
// JSON-NEXT: "max": 2,
// JSON-NEXT: "mean": 0.5,
// JSON-NEXT: "min": 0,
// JSON-NEXT: "samples": [
// JSON-NEXT:   0,
// JSON-NEXT:   1,
// JSON-NEXT:   2,
// JSON-NEXT:   0,
// JSON-NEXT:   0,
// JSON-NEXT:   0
// JSON-NEXT: ],
// JSON-NEXT: "variance": 0.58333

// PAGE: <h1>Activations of {{.*}}monitor.mlir</h1>
// PAGE: <h2>&quot;relu&quot;
// PAGE: <title>1 dead (zero everywhere in every sample)</title>
// PAGE: units: 2 active, 1 dead
// PAGE: <title>{{.*}} to 5: {{.*}} %</title>
// PAGE: </html>

// A monitored model runs like any other; what its monitors counted is not
// printed as outputs, nor compared.

// RUN: vox-run %t/model.so --source=%s --verify=reference | FileCheck %s --check-prefix=PLAINLY
//      PLAINLY: output: "y" 1x2
// PLAINLY-NEXT: monitor: 2 activations were counted; --monitor=DIR shows them
// PLAINLY-NEXT: verify: output "y": {{.*}} ok

// RUN: voxc %s --target=avx2 --monitor-activations -o %t/model
// RUN: %t/model --fill=zeros | FileCheck %s --check-prefix=EXECUTABLE
// RUN: %t/model --fill=zeros --output=activation_statistics:sigmoid:1:activation=@%t/statistics.npy
// RUN: test -s %t/statistics.npy
// EXECUTABLE: output {{.*}}y
// EXECUTABLE-NOT: activation_statistics

// A network with monitors has a graph without them, which can be written.

// RUN: voxc %s --monitor-activations --emit=onnx -o %t/graph.onnx
// RUN: not voxc %S/Inputs/with-statistics.mlir --emit=onnx -o %t/x.onnx 2>&1 | FileCheck %s --check-prefix=EXPORT
// EXPORT: error: {{.*}}vox.activation_statistics{{.*}} can't be written as ONNX, which has no such op; expected a network without monitors

// Nothing to monitor, or nothing to do it with.

// RUN: not vox-run %s --monitor=%t/none 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: {{.*}}none: error: holds no samples; expected files NAME.npy, .raw, .nii or .nii.gz
// RUN: not vox-run %s --monitor=%t/nowhere 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: {{.*}}nowhere: error: can't be read: No such file or directory
// RUN: not vox-run %S/Inputs/two-inputs.mlir --monitor=%t/samples 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: {{.*}}samples: error: holds no samples; expected files NAME.x and NAME.y.z, each with .npy, .raw, .nii or .nii.gz
// RUN: mkdir %t/two && cp %t/samples/a.npy %t/two/s.x.npy
// RUN: not vox-run %S/Inputs/two-inputs.mlir --monitor=%t/two 2>&1 | FileCheck %s --check-prefix=LACKS
// LACKS: {{.*}}two: error: sample "s" lacks input "y.z"; expected files NAME.x and NAME.y.z, each with .npy, .raw, .nii or .nii.gz
// RUN: cp %t/samples/b.npy %t/two/s.y.z.npy
// RUN: vox-run %S/Inputs/two-inputs.mlir --target=avx2 --monitor=%t/two | FileCheck %s --check-prefix=BOTH
// BOTH: monitor: 1 sample of {{.*}}two
// BOTH: 2 2 100.00% - 0 0 0 0 relu{{ +}}activation
// RUN: not vox-run %S/Inputs/no-activation.mlir --target=avx2 --monitor=%t/samples 2>&1 | FileCheck %s --check-prefix=NO-ACTIVATION
// NO-ACTIVATION: error: "{{.*}}no-activation.mlir" has no activation that could be monitored
// RUN: voxc %s --target=avx2 -o %t/plain.so
// RUN: not vox-run %t/plain.so --monitor=%t/samples 2>&1 | FileCheck %s --check-prefix=PLAIN
// PLAIN: error: "{{.*}}plain.so" has no monitors; expected a model that was compiled with voxc --monitor-activations
// RUN: cp %t/samples/a.npy %t/samples/c.npy && %python %S/Inputs/make-samples.py %t/samples --wrong
// RUN: not vox-run %s --target=avx2 --monitor=%t/samples 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: {{.*}}samples/z.npy: error: {{.*}}expected
// RUN: not vox-run %s --exportMonitor=x.json 2>&1 | FileCheck %s --check-prefix=ALONE
// RUN: not vox-run %s --monitor= 2>&1 | FileCheck %s --check-prefix=ALONE
// ALONE: error: --exportMonitor writes what --monitor=DIR counts; expected a folder of samples
// RUN: not vox-run %s --monitor=%t --exportMonitor=a.json,a.txt 2>&1 | FileCheck %s --check-prefix=SUFFIX
// SUFFIX: error: --exportMonitor=a.txt: unknown suffix; expected .json or .html
// RUN: not vox-run %s --monitor=%t --input=@x.npy 2>&1 | FileCheck %s --check-prefix=WITH
// RUN: not vox-run %s --monitor=%t --verify=reference 2>&1 | FileCheck %s --check-prefix=WITH
// RUN: not vox-run %s --monitor=%t --dumpProfile 2>&1 | FileCheck %s --check-prefix=WITH
// WITH: error: --monitor runs the samples of a folder; it goes without --input, --output, --evaluate, --verify, --verify-all-ops and profiles
// RUN: not voxc %s --monitor-activations --compile-from=groups -o %t/x.so 2>&1 | FileCheck %s --check-prefix=LATE
// LATE: error: monitors are added to a model in phase import or graph; this one is in phase groups

func.func @main(%x: tensor<1x2x3xf32> {vox.name = "x"}) -> (tensor<1x2xf32> {vox.name = "y"}) {
  %zero = vox.constant dense<-1.0> : tensor<1x1x3xf32>
  %0 = vox.concat %x, %zero axis = 1 : (tensor<1x2x3xf32>, tensor<1x1x3xf32>) -> tensor<1x3x3xf32>
  %1 = vox.activation #vox.relu %0 {layer = "\22relu\22\0A"} : tensor<1x3x3xf32>
  %2 = vox.reshape %1 : tensor<1x3x3xf32> -> tensor<1x9xf32>
  %w = vox.constant dense<[[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]> : tensor<2x9xf32>
  %b = vox.constant dense<[8.0, 0.0]> : tensor<2xf32>
  %3 = vox.dense %2, %w bias %b : (tensor<1x9xf32>, tensor<2x9xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  %4 = vox.activation #vox.sigmoid %3 : tensor<1x2xf32>
  return %4 : tensor<1x2xf32>
}
