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
    and reports use nothing but this interface; the table in Activations.td
    implements it.
  }];
  let methods = [
    InterfaceMethod<"The row of the table: name, formula, parameters, ...",
                    "const ::vox::ActivationKind &", "getKind", (ins)>,
    InterfaceMethod<"The parameters, in the order of the row's.",
                    "::llvm::SmallVector<double, 2>", "getParameterValues",
                    (ins)>,
    InterfaceMethod<"The value at x, in double precision. NaN gives NaN, "
                    "except where ONNX says otherwise. `parameter` is the "
                    "learned one, where there is one.",
                    "double", "evaluate", (ins "double":$x,
                                               "double":$parameter)>,
    InterfaceMethod<"The least value over the real numbers, or -infinity.",
                    "double", "lowerBound", (ins)>,
    InterfaceMethod<"The greatest value over the real numbers, or infinity.",
                    "double", "upperBound", (ins)>,
  ];
  let extraSharedClassDeclaration = [{
    /// Whether the function has a learned parameter, given as a tensor operand.
    bool takesParameter() const { return $_attr.getKind().learned; }
  }];
}

#endif // VOX_ACTIVATION_INTERFACE_TD
