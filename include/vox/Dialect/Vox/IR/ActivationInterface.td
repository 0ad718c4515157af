//===- ActivationInterface.td - What every activation can tell ------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ACTIVATION_INTERFACE_TD
#define VOX_ACTIVATION_INTERFACE_TD

include "mlir/IR/OpBase.td"

def Vox_ActivationInterface : AttrInterface<"ActivationAttr"> {
  let cppNamespace = "::vox";
  let description = [{
    A scalar function applied to each element. Passes, the float64 reference
    and reports use nothing but this interface, so an activation is added by
    one attribute.
  }];
  let methods = [
    InterfaceMethod<"The value at x, in double precision. NaN gives NaN. "
                    "`parameter` is the learned one, where there is one.",
                    "double", "evaluate", (ins "double":$x,
                                               "double":$parameter)>,
    InterfaceMethod<"Whether the function has a learned parameter, given as a "
                    "tensor operand.",
                    "bool", "takesParameter", (ins), [{}],
                    [{ return false; }]>,
    InterfaceMethod<"The least value over the real numbers, or -infinity.",
                    "double", "lowerBound", (ins)>,
    InterfaceMethod<"The greatest value over the real numbers, or infinity.",
                    "double", "upperBound", (ins)>,
  ];
}

#endif // VOX_ACTIVATION_INTERFACE_TD
