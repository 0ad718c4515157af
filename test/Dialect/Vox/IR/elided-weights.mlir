// A dump for people, without its weights, is refused when it comes back as
// input, in text and in bytecode, rather than compiled with other weights.

// RUN: vox-opt %s --mlir-elide-resource-strings-if-larger=8 | not vox-opt 2>&1 | FileCheck %s
// RUN: vox-opt %s --emit-bytecode --elide-resource-data-from-bytecode | not vox-opt 2>&1 | FileCheck %s

// CHECK: error: 'vox.constant' op has no data for 'weights'; its weights were elided from this dump
func.func @Elided() -> tensor<2xf32> {
  %0 = vox.constant dense_resource<weights> : tensor<2xf32>
  return %0 : tensor<2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      weights: "0x400000000000803F00000040"
    }
  }
#-}
