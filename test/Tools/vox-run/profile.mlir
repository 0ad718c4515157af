// Times of each launch as a table, as JSON and as a Chrome trace, for models
// compiled on the fly and before.

// RUN: rm -rf %t && mkdir %t
// RUN: vox-run %s --dumpProfile --iterations=5 --warmUp=1 --target=avx2 \
// RUN:     --exportProfile=%t/profile.json --trace=%t/trace.json \
// RUN:     --exportTimes=%t/times.json | FileCheck %s
// RUN: FileCheck %s --check-prefix=JSON < %t/profile.json
// RUN: FileCheck %s --check-prefix=TRACE < %t/trace.json
// RUN: %python %S/Inputs/check-trace.py %t/profile.json %t/trace.json 5
// RUN: voxc %s --target=avx2 -o %t/model.so
// RUN: vox-run %t/model.so --dumpProfile --iterations=5 | FileCheck %s

// Names may hold anything: no control character reaches the terminal, and JSON
// stays JSON.

//      CHECK: time:   min {{.*}} (5 runs)
// CHECK-NEXT: profile: mean and least times of 5 runs
// CHECK-NEXT:   mean ms    min ms  share         rate  kernel{{ +}}layers
//      CHECK: {{[0-9.]+ +[0-9.]+ +[0-9.]+}}% {{.*}} GF/s conv_{{[0-9a-f]+}} \22one\22\0A\FF\1B\\ + relu
// CHECK-NEXT: {{.*}}% {{.*}} GB/s conv_{{[0-9a-f]+}} conv2
//      CHECK: GB/s unpack_{{[0-9a-f]+}} unpack
// CHECK-NEXT: total: {{[0-9.]+}} ms in {{[34]}} launches, {{.*}} GF, {{.*}} GF/s, {{.*}} GB, {{.*}} GB/s
// CHECK-NEXT: memory: arena {{[0-9]+}} bytes, scratch {{[0-9]+}} bytes, weights {{[0-9]+}} bytes

// 20x6x8x8 results of 81 multiply-adds and a ReLU each.

//      JSON: "model": "model",
// JSON-NEXT: "runs": 5,
//      JSON: "layers": "\"one\"\n{{.+}}\u001b\\ + relu",
// JSON-NEXT: "meanMs": {{[0-9.e-]+}},
// JSON-NEXT: "minMs": {{[0-9.e-]+}},
// JSON-NEXT: "share": 0.{{[0-9]+}},
// JSON-NEXT: "flops": 1251840,
// JSON-NEXT: "bytes": {{[0-9]+}},
// TRACE: "name": "\"one\"\n{{.+}}\u001b\\ + relu",
// TRACE: "ph": "X",

// Files that can't be written. The model ran, but nothing is left half-written.

// RUN: not vox-run %s --exportProfile=%t/none/p.json 2>&1 | FileCheck %s --check-prefix=PROFILE
// PROFILE: none/p.json: error: can't be written: No such file or directory
// RUN: not vox-run %s --trace=%t/none/t.json 2>&1 | FileCheck %s --check-prefix=NO-TRACE
// NO-TRACE: none/t.json: error: can't be written: No such file or directory
// RUN: not vox-run %s --exportTimes=%t/none/t.json 2>&1 | FileCheck %s --check-prefix=NO-TIMES
// NO-TIMES: none/t.json: error: can't be written: No such file or directory
// RUN: ls %t | FileCheck %s --check-prefix=FILES
//      FILES: model.so
// FILES-NEXT: profile.json
// FILES-NEXT: times.json
// FILES-NEXT: trace.json
//  FILES-NOT: {{.}}

func.func @main(%x: tensor<1x3x6x8x8xf32> {vox.name = "x"})
    -> (tensor<1x20x6x8x8xf32> {vox.name = "y"}) {
  %w1 = vox.constant dense<0.01> : tensor<20x3x3x3x3xf32>
  %w2 = vox.constant dense<0.02> : tensor<20x20x1x1x1xf32>
  %0 = vox.conv %x, %w1 strides = [1, 1, 1] dilations = [1, 1, 1]
      pads = [1, 1, 1, 1, 1, 1] groups = 1 {layer = "\22one\22\0A\FF\1B\\"}
      : (tensor<1x3x6x8x8xf32>, tensor<20x3x3x3x3xf32>)
      -> tensor<1x20x6x8x8xf32>
  %1 = vox.activation #vox.relu %0 {layer = "relu"} : tensor<1x20x6x8x8xf32>
  %y = vox.conv %1, %w2 strides = [1, 1, 1] dilations = [1, 1, 1]
      pads = [0, 0, 0, 0, 0, 0] groups = 1 {layer = "conv2"}
      : (tensor<1x20x6x8x8xf32>, tensor<20x20x1x1x1xf32>)
      -> tensor<1x20x6x8x8xf32>
  return %y : tensor<1x20x6x8x8xf32>
}
