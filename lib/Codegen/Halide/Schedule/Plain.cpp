//===- Plain.cpp - Every stage whole (-O0) --------------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The schedule with the fewest assumptions. A result that is wrong with another
// template and right with this one is that template's fault.
//
//===----------------------------------------------------------------------===//

#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::schedulePlain(Kernel &kernel, ScheduleAttr) {
  if (kernel.padded)
    kernel.padded->func.compute_root();
  if (kernel.reduction)
    kernel.reduction->func.compute_root();
  // All partial sums at once would take many times the result's memory.
  if (kernel.partial)
    kernel.partial->compute_at(kernel.reduction->func, (*kernel.parts)[0]);
  for (Func table : kernel.tables)
    table.compute_root();
}
