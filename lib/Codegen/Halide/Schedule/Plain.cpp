
#include "../Kernel.h"

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

void codegen::schedulePlain(Kernel &kernel, ScheduleAttr) {
  if (kernel.padded)
    kernel.padded->func.compute_root();
  if (kernel.reduction)
    kernel.reduction->func.compute_root();
  for (Func table : kernel.tables)
    table.compute_root();
}
