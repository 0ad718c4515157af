//===- VoxBase.td - The vox dialect and what its op families share --------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_BASE_TD
#define VOX_BASE_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Vox_Dialect : Dialect {
  let name = "vox";
  let cppNamespace = "::vox";
  let summary = "Trained neural networks, from ONNX meaning down to kernels";
  let description = [{
    `vox` holds a network from import until machine code. It begins as value
    semantics on tensors with ONNX's meaning (N, C, then 1 to 3 spatial
    dimensions) and ends as launches of kernels whose tensors carry a layout.

    The ops come in families, one file each: Conv, Norm, Pool, Activation,
    Dense, ElementWise, Reduce, Resize, Structure, Gather and Kernel. The last family
    (`group`, `kernel`, `launch`, `join`, `pack`, `unpack`, `pack_weights`)
    appears only in the phases after the graph passes.

    All tensors have static shapes. What is computed with is float32; integers
    and booleans can be moved, cast, compared, used as positions and handed to
    callers, and integers take part in arithmetic.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
}

class Vox_Op<string mnemonic, list<Trait> traits = []>
    : Op<Vox_Dialect, mnemonic, traits>;

class Vox_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<Vox_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

/// A dense tensor of known shape. Its encoding, where present, is its layout.
/// Kernels count elements in 32 bits.
class Vox_TensorOf<list<Type> elements>
    : RankedTensorOf<
          elements,
          [HasStaticShapePred,
           CPred<"::vox::numElements(::llvm::cast<::mlir::RankedTensorType>("
                 "$_self).getShape()).has_value()">],
          "statically shaped tensor (fewer than 2^31 elements)">;

/// What is computed with: float32.
def Vox_Tensor : Vox_TensorOf<[F32]>;

/// What arithmetic takes.
def Vox_Number : Vox_TensorOf<[F32, UI8, I8, UI16, I16, I32, I64]>;

/// Positions.
def Vox_Indices : Vox_TensorOf<[I32, I64]>;

/// What is moved, cast and handed to callers: the types of ElementTypes.h.
def Vox_AnyTensor : Vox_TensorOf<[F32, UI8, I8, UI16, I16, I32, I64, I1]>;

/// A 64-bit integer whose getter is signed.
def Vox_Int
    : TypedSignlessIntegerAttrBase<I64, "int64_t", "64-bit integer attribute">;

/// The name of the ONNX node that an op came from. Policies and reports select
/// layers by it, so it is an attribute and not only a location.
def Vox_LayerName : OptionalAttr<StrAttr>;

#endif // VOX_BASE_TD
