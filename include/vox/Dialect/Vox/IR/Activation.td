//===- Activation.td - Activations and softmax ----------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ACTIVATION_TD
#define VOX_ACTIVATION_TD

include "vox/Dialect/Vox/IR/Activations.td"
include "vox/Dialect/Vox/IR/VoxAttrs.td"

def Vox_ActivationOp : Vox_Op<"activation", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "A scalar function of each element";
  let description = [{
    The function is an attribute, so that replacing an activation changes one
    attribute and no structure.

    ```mlir
    %y = vox.activation #vox.leaky_relu<alpha = 2.000000e-01> %x
        : tensor<1x16x8x8x8xf32>
    ```

    A function with a learned parameter, such as `#vox.prelu`, takes it as the
    operand `parameter`, which is broadcast to the input's shape.

    ```mlir
    %y = vox.activation #vox.prelu %x parameter %slope
        : tensor<1x16x8x8x8xf32>, tensor<16x1x1x1xf32>
    ```
  }];
  let arguments = (ins Vox_ActivationInterface:$function, Vox_Tensor:$input,
                       Optional<Vox_Tensor>:$parameter,
                       Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = [{
    $function $input (`parameter` $parameter^)? attr-dict `:` type($input)
    (`,` type($parameter)^)?
  }];
  let builders = [OpBuilder<(ins "::mlir::Type":$type,
                                 "::vox::ActivationAttr":$function,
                                 "::mlir::Value":$input,
                                 "::mlir::StringAttr":$layer), [{
    build($_builder, $_state, type, function, input, /*parameter=*/nullptr,
          layer);
  }]>];
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Vox_SoftmaxOp : Vox_Op<"softmax", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Exponentials divided by their sum along one dimension";
  let description = [{
    ONNX `Softmax` (opset 13 and later):
    `e^(x - max) / sum(e^(x - max))` along dimension `axis`, which is not
    negative here.
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Int:$axis, Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = "$input `axis` `=` $axis attr-dict `:` type($input)";
  let hasVerifier = 1;
}

def Vox_LogSoftmaxOp : Vox_Op<"log_softmax", [
    Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "The logarithm of softmax along one dimension";
  let description = [{
    ONNX `LogSoftmax` (opset 13 and later):
    `x - max - log(sum(e^(x - max)))` along dimension `axis`, which is not
    negative here.
  }];
  let arguments = (ins Vox_Tensor:$input, Vox_Int:$axis, Vox_LayerName:$layer);
  let results = (outs Vox_Tensor:$result);
  let assemblyFormat = "$input `axis` `=` $axis attr-dict `:` type($input)";
  let hasVerifier = 1;
}

#endif // VOX_ACTIVATION_TD
