// Files that can't be read or written. (The formats' own errors are tested
// with the runtime.)

// RUN: not vox-run %s --input=@%t.absent.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=ABSENT
// ABSENT: absent.npy: error:
// RUN: not vox-run %s --evaluate=reference --output=@%t.folder/y.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=UNWRITABLE
// UNWRITABLE: folder/y.npy: error: can't be written: No such file or directory
// RUN: not vox-run %s --evaluate=reference --output=@%t.folder/y.raw 2>&1 \
// RUN:     | FileCheck %s --check-prefix=UNWRITABLE-RAW
// UNWRITABLE-RAW: folder/y.raw: error:

// Float64 as a reference, of another shape, order or size. Inputs are float32.

// RUN: %python -c "import sys; h = \"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), }\n\"; open(sys.argv[1], 'wb').write(b'\x93NUMPY\x01\x00' + bytes([len(h), 0]) + h.encode() + bytes(24))" %t.shape.npy
// RUN: not vox-run %s --evaluate=reference --verify=%t.shape.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=SHAPE
// SHAPE: shape.npy: error: is {'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), }; expected {'descr': '<f8', 'fortran_order': False, 'shape': (3,), }
// RUN: vox-run %s --evaluate=reference --output=@%t.whole.npy
// RUN: head -c 140 %t.whole.npy > %t.short.npy
// RUN: not vox-run %s --evaluate=reference --verify=%t.short.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=SHORT
// SHORT: short.npy: error: has 12 bytes of elements; expected 24
// RUN: head -c 40 %t.whole.npy > %t.header.npy
// RUN: not vox-run %s --evaluate=reference --verify=%t.header.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=HEADER
// HEADER: header.npy: error:
// RUN: not vox-run %s --evaluate=reference --input=@%t.whole.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=TYPE
// TYPE: whole.npy: error: {{.*}}float64{{.*}}float32

// Shared libraries.

// RUN: not vox-run %t.absent.so 2>&1 | FileCheck %s --check-prefix=ABSENT-SO
// ABSENT-SO: absent.so: error: can't be read: No such file or directory
// RUN: cp %s %t.text.so
// RUN: not vox-run %t.text.so 2>&1 | FileCheck %s --check-prefix=TEXT
// TEXT: text.so: error: is no shared library for this machine
// RUN: cp /usr/lib/x86_64-linux-gnu/libm.so.6 %t.other.so
// RUN: not vox-run %t.other.so 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: other.so: error: holds 0 compiled models; expected one (a function NAME_describe)
// RUN: head -c 300000 %t.other.so > %t.cut.so
// RUN: not vox-run %t.cut.so 2>&1 | FileCheck %s --check-prefix=CUT
// CUT: cut.so: error: is no shared library for this machine: section header table goes past the end of the file

func.func @main(%x: tensor<3xf32> {vox.name = "x"})
    -> (tensor<3xf32> {vox.name = "y"}) {
  %y = vox.activation #vox.relu %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// Integers are held in float64: what that would round is refused.

// RUN: %python -c "import sys; h = \"{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n\"; open(sys.argv[1], 'wb').write(b'\x93NUMPY\x01\x00' + bytes([len(h), 0]) + h.encode() + (2**53 - 1).to_bytes(8, 'little') + int(sys.argv[2]).to_bytes(8, 'little', signed=True))" %t.large.npy 9007199254740993
// RUN: not vox-run %S/Inputs/integers.mlir --input=@%t.large.npy 2>&1 | FileCheck %s --check-prefix=LARGE
// RUN: %python -c "import sys; h = \"{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n\"; open(sys.argv[1], 'wb').write(b'\x93NUMPY\x01\x00' + bytes([len(h), 0]) + h.encode() + (2**53 - 1).to_bytes(8, 'little') + (-2**53 + 1).to_bytes(8, 'little', signed=True))" %t.just.npy
// RUN: vox-run %S/Inputs/integers.mlir --input=@%t.just.npy --verify=reference
// LARGE: large.npy: error: holds an integer of 2^53 or more; expected less, for vox-run computes in float64
