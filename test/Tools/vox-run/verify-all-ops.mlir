// Every launch against the reference, fused as it is: of the model itself, at
// every level, and of a library against a source with other weights in the
// second of three layers.

// RUN: rm -rf %t && mkdir %t
// RUN: vox-run %s --verify-all-ops | FileCheck %s --check-prefix=GOOD
// RUN: vox-run %s --verify-all-ops -O0 --target=avx2 --threads=1 \
// RUN:     | FileCheck %s --check-prefix=PLAIN
// RUN: voxc %s -o %t/model.so
// RUN: vox-run %t/model.so --source=%s --verify-all-ops \
// RUN:     | FileCheck %s --check-prefix=GOOD
// RUN: sed 's/0.02/0.03/' %s > %t/other.mlir
// RUN: bash -c 'vox-run %t/model.so --source=%t/other.mlir --verify-all-ops; \
// RUN:     test $? -eq 2' | FileCheck %s --check-prefix=OTHER

//      GOOD: verify: each launch, with its largest error of its RMS
// GOOD-NEXT: verdict error kernel{{ +}}layers
//      GOOD: ok {{[0-9.]+e-[0-9]+}} conv_{{[0-9a-f]+}} conv1 + relu1
//      GOOD: ok {{[0-9.]+e-[0-9]+}} conv_{{[0-9a-f]+}} conv2 + relu2
//      GOOD: ok {{[0-9.]+e-[0-9]+}} conv_{{[0-9a-f]+}} conv3
//      GOOD: ok 0 differ argmax_{{[0-9a-f]+}} classes
//      GOOD: verify: {{[5-9]}} launches: ok
// PLAIN: ok {{[0-9.]+e-[0-9]+}} conv_{{[0-9a-f]+}} conv1{{$}}
// PLAIN: ok {{[0-9.]+e-[0-9]+}} activation_{{[0-9a-f]+}} relu1{{$}}
// PLAIN: launches: ok
// OTHER: ok {{.*}} conv1 + relu1
// OTHER: FAILED {{.*}} conv2 + relu2: max error {{.*}} of RMS (limit 2.00e-05)
// OTHER: FAILED {{.*}} conv3: max error
// OTHER: launches FAILED; the first layer that differs is "conv2 + relu2"

// A source of another structure, or compiled with other options.

// RUN: not vox-run %t/model.so --source=%s --verify-all-ops -O0 2>&1 \
// RUN:     | FileCheck %s --check-prefix=LEVEL
// LEVEL: error: "{{.*}}model.so" has {{[0-9]+}} launches; its source has {{[0-9]+}}; expected the model that it was compiled from and the options --target, -O and --disable-pass of that time
// RUN: sed 's/#vox.relu %2/#vox.sigmoid %2/' %s > %t/sigmoid.mlir
// RUN: not vox-run %t/model.so --source=%t/sigmoid.mlir --verify-all-ops 2>&1 \
// RUN:     | FileCheck %s --check-prefix=KERNEL
// KERNEL: error: "{{.*}}model.so" has launch {{[0-9]+}} of kernel conv_{{[0-9a-f]+}}; its source has conv_{{[0-9a-f]+}}; expected the model
// RUN: not vox-run %t/model.so --verify-all-ops 2>&1 \
// RUN:     | FileCheck %s --check-prefix=SOURCE
// SOURCE: error: the reference needs the model that "{{.*}}model.so" was compiled from; name it by --source

func.func @main(%x: tensor<1x3x8x8xf32> {vox.name = "x"})
    -> (tensor<1x5x8x8xf32> {vox.name = "y"},
        tensor<1x1x8x8xi64> {vox.name = "classes"}) {
  %w1 = vox.constant dense<0.1> : tensor<20x3x3x3xf32>
  %w2 = vox.constant dense<0.02> : tensor<7x20x1x1xf32>
  // Without it relu2 would have nothing to do, and be removed.
  %b2 = vox.constant dense<-0.1> : tensor<7xf32>
  %w3 = vox.constant dense<0.3> : tensor<5x7x3x3xf32>
  %b3 = vox.constant dense<[0.0, 1.0, 2.0, 3.0, 4.0]> : tensor<5xf32>
  %0 = vox.conv %x, %w1 strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 1 {layer = "conv1"}
      : (tensor<1x3x8x8xf32>, tensor<20x3x3x3xf32>) -> tensor<1x20x8x8xf32>
  %1 = vox.activation #vox.relu %0 {layer = "relu1"} : tensor<1x20x8x8xf32>
  %2 = vox.conv %1, %w2 bias %b2 strides = [1, 1] dilations = [1, 1]
      pads = [0, 0, 0, 0] groups = 1 {layer = "conv2"}
      : (tensor<1x20x8x8xf32>, tensor<7x20x1x1xf32>, tensor<7xf32>)
      -> tensor<1x7x8x8xf32>
  %3 = vox.activation #vox.relu %2 {layer = "relu2"} : tensor<1x7x8x8xf32>
  %4 = vox.conv %3, %w3 bias %b3 strides = [1, 1] dilations = [1, 1]
      pads = [1, 1, 1, 1] groups = 1 {layer = "conv3"}
      : (tensor<1x7x8x8xf32>, tensor<5x7x3x3xf32>, tensor<5xf32>)
      -> tensor<1x5x8x8xf32>
  %5 = vox.argmax %4 axis = 1 {layer = "classes"}
      : tensor<1x5x8x8xf32> -> tensor<1x1x8x8xi64>
  return %4, %5 : tensor<1x5x8x8xf32>, tensor<1x1x8x8xi64>
}
