// UNSUPPORTED: sanitizer

// RUN: bash -c 'ulimit -v 2500000; vox-run %s --evaluate=reference --fill=zeros; \
// RUN:     test $? -eq 1' 2>&1 | FileCheck %s
// CHECK: vox-run: error: out of memory

func.func @main(%x: tensor<16384x16384xf32>) -> tensor<16384x16384xf32> {
  return %x : tensor<16384x16384xf32>
}
