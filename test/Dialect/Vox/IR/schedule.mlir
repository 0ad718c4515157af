// RUN: vox-opt %s | vox-opt | FileCheck %s
// RUN: vox-opt %s --mlir-print-op-generic | vox-opt | FileCheck %s
// RUN: vox-opt %s --emit-bytecode | vox-opt | FileCheck %s

// Every algorithm and every field.
// CHECK-LABEL: func.func private @Schedules
// CHECK-SAME: #vox.schedule<algorithm = plain>
// CHECK-SAME: #vox.schedule<algorithm = direct, lanes = 16, columns = 6, vectors = 4, rows = 7, parallel = rows>
// CHECK-SAME: #vox.schedule<algorithm = few_channels, lanes = 8>
// CHECK-SAME: #vox.schedule<algorithm = depthwise, columns = 64>
// CHECK-SAME: #vox.schedule<algorithm = planar, rows = 2147483647>
// CHECK-SAME: #vox.schedule<algorithm = window, lanes = 64>
// CHECK-SAME: #vox.schedule<algorithm = dense, parallel = channels>
// CHECK-SAME: #vox.schedule<algorithm = reduction, vectors = 64>
// CHECK-SAME: #vox.schedule<algorithm = transposed, columns = 4>
// CHECK-SAME: #vox.schedule<algorithm = element_wise>
func.func private @Schedules() attributes {s = [
  #vox.schedule<algorithm = plain>,
  #vox.schedule<algorithm = direct, lanes = 16, columns = 6, vectors = 4, rows = 7, parallel = rows>,
  #vox.schedule<algorithm = few_channels, lanes = 8>,
  #vox.schedule<algorithm = depthwise, columns = 64>,
  #vox.schedule<algorithm = planar, rows = 2147483647>,
  #vox.schedule<algorithm = window, lanes = 64>,
  #vox.schedule<algorithm = dense, parallel = channels>,
  #vox.schedule<algorithm = reduction, vectors = 64>,
  #vox.schedule<algorithm = transposed, columns = 4>,
  #vox.schedule<algorithm = element_wise, lanes = 1, columns = 1, vectors = 1, rows = 1, parallel = none>
]}
