// Every element type: made up, read, computed, compared and written.

// RUN: rm -rf %t && mkdir %t
// RUN: vox-run %s --fill=iota --verify=reference --verify-all-ops --print \
// RUN:     --output=a=@%t/a.npy --output=b=@%t/b.npy --output=c=@%t/c.npy \
// RUN:     --output=d=@%t/d.npy --output=e=@%t/e.npy --output=f=@%t/f.npy \
// RUN:     --output=g=@%t/g.npy | FileCheck %s
// RUN: vox-run %s --evaluate=reference --fill=zeros --print --input=@%t/a.npy \
// RUN:     --input=@%t/b.npy --input=@%t/c.npy --input=@%t/d.npy \
// RUN:     --input=@%t/e.npy --input=@%t/f.npy --input=@%t/g.npy \
// RUN:     | FileCheck %s --check-prefix=AGAIN

// RUN: voxc %s -o %t/elements.so
// RUN: vox-run %t/elements.so --fill=iota --verify=reference --source=%s \
// RUN:     | FileCheck %s --check-prefix=LIBRARY

// Integers in files are as numpy has them, and not float64 from the reference.

// RUN: vox-run %s --evaluate=reference --fill=iota --output=d=@%t/i16.npy
// RUN: %python -c "print(open('%t/i16.npy', 'rb').read()[10:40])" \
// RUN:     | FileCheck %s --check-prefix=DESCR
// DESCR: {'descr': '<i2',

// RUN: not vox-run %s --input=@%t/c.npy 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: c.npy: error: element type is uint16 ('<u2'); expected uint8 ('|u1') for "u8"

// Random integers: the top 8 bits of SplitMix64's numbers, computed in Python
// from the description in tools/vox-run/Tensor.h.

// RUN: vox-run %s --evaluate=reference --print --seed=7 \
// RUN:     | FileCheck %s --check-prefix=RANDOM
// RANDOM: values: "a" 90 120 32 174 124 56
// RANDOM: values: "b" 36 -114 -75 74 -45 8
// RANDOM: values: "g" 0 0 0 1 1 0

//      CHECK: input:  "u8" uint8 2x150, min 0, max 255
// CHECK-NEXT: input:  "i8" int8 2x150, min 0, max 127
// CHECK-NEXT: input:  "u16" uint16 2x3, min 0, max 5
// CHECK-NEXT: input:  "i16" int16 2x3
// CHECK-NEXT: input:  "i32" int32 2x3
// CHECK-NEXT: input:  "i64" int64 2x3
// CHECK-NEXT: input:  "i1" bool 2x3, min 0, max 1
//      CHECK: output: "a" uint8 2x150
//      CHECK: values: "a" 150 151 152
//      CHECK: values: "b" 22 23 24
//      CHECK: values: "c" 3 4 5 0 1 2
//      CHECK: values: "f" 3 4 5 0 1 2
//      CHECK: output: "g" bool 2x3
// CHECK-NEXT: values: "g" 1 0 1 0 1 0
//      CHECK: verify: output "a": 0 of 300 elements differ: ok
//      CHECK: verify: output "g": 0 of 6 elements differ: ok
//      CHECK: ok 0 differ slice_{{[0-9a-f]+}} slice
//      CHECK: verify: {{.*}} launches: ok
// AGAIN: values: "a" 0 1 2 3
// AGAIN: values: "g" 0 1 0 1 0 1
// LIBRARY: verify: output "a": 0 of 300 elements differ: ok
// LIBRARY: verify: output "f": 0 of 6 elements differ: ok

func.func @main(%u8: tensor<2x150xui8> {vox.name = "u8"},
                %i8: tensor<2x150xi8> {vox.name = "i8"},
                %u16: tensor<2x3xui16> {vox.name = "u16"},
                %i16: tensor<2x3xi16> {vox.name = "i16"},
                %i32: tensor<2x3xi32> {vox.name = "i32"},
                %i64: tensor<2x3xi64> {vox.name = "i64"},
                %i1: tensor<2x3xi1> {vox.name = "i1"})
    -> (tensor<2x150xui8> {vox.name = "a"}, tensor<2x150xi8> {vox.name = "b"},
        tensor<2x3xui16> {vox.name = "c"}, tensor<2x3xi16> {vox.name = "d"},
        tensor<2x3xi32> {vox.name = "e"}, tensor<2x3xi64> {vox.name = "f"},
        tensor<2x3xi1> {vox.name = "g"}) {
  %a = vox.slice %u8 starts = [1, 0] steps = [-1, 1]
      : tensor<2x150xui8> -> tensor<2x150xui8>
  %b = vox.slice %i8 starts = [1, 0] steps = [-1, 1]
      : tensor<2x150xi8> -> tensor<2x150xi8>
  %c = vox.slice %u16 starts = [1, 0] steps = [-1, 1]
      : tensor<2x3xui16> -> tensor<2x3xui16>
  %d = vox.slice %i16 starts = [1, 0] steps = [-1, 1]
      : tensor<2x3xi16> -> tensor<2x3xi16>
  %e = vox.slice %i32 starts = [1, 0] steps = [-1, 1]
      : tensor<2x3xi32> -> tensor<2x3xi32>
  %f = vox.slice %i64 starts = [1, 0] steps = [-1, 1]
      : tensor<2x3xi64> -> tensor<2x3xi64>
  %g = vox.slice %i1 starts = [1, 0] steps = [-1, 1]
      : tensor<2x3xi1> -> tensor<2x3xi1>
  return %a, %b, %c, %d, %e, %f, %g
      : tensor<2x150xui8>, tensor<2x150xi8>, tensor<2x3xui16>, tensor<2x3xi16>,
        tensor<2x3xi32>, tensor<2x3xi64>, tensor<2x3xi1>
}
