// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// What only moves elements moves integers and booleans too. Expected values by
// hand.

func.func @main(%x: tensor<2x3xi64> {vox.name = "x"}, %flags: tensor<4xi1> {vox.name = "flags"}) -> (
      tensor<4xui8> {vox.name = "ui8"},
      tensor<3xi8> {vox.name = "i8"},
      tensor<3xui16> {vox.name = "ui16"},
      tensor<3xi16> {vox.name = "i16"},
      tensor<3xi32> {vox.name = "i32"},
      tensor<3xi64> {vox.name = "i64"},
      tensor<3xi1> {vox.name = "i1"},
      tensor<4xi1> {vox.name = "all_true"},
      tensor<3xi1> {vox.name = "in_resource"},
      tensor<3xi16> {vox.name = "wide_in_resource"},
      tensor<2x4xi64> {vox.name = "concat"},
      tensor<2x4xi64> {vox.name = "pad"},
      tensor<2x2xi64> {vox.name = "slice"},
      tensor<3x2xi64> {vox.name = "transpose"},
      tensor<6xi64> {vox.name = "reshape"},
      tensor<4xi1> {vox.name = "passed_on"}) {
    %minus = vox.constant dense<-7> : tensor<2x1xi64>

    // CHECK: values: "ui8" 0 127 128 255{{$}}
    %ui8 = vox.constant dense<[0, 127, 128, 255]> : tensor<4xui8>
    // CHECK: values: "i8" -128 -1 127{{$}}
    %i8 = vox.constant dense<[-128, -1, 127]> : tensor<3xi8>
    // CHECK: values: "ui16" 0 32768 65535{{$}}
    %ui16 = vox.constant dense<[0, 32768, 65535]> : tensor<3xui16>
    // CHECK: values: "i16" -32768 -1 32767{{$}}
    %i16 = vox.constant dense<[-32768, -1, 32767]> : tensor<3xi16>
    // CHECK: values: "i32" -2147483648 -1 2147483647{{$}}
    %i32 = vox.constant dense<[-2147483648, -1, 2147483647]> : tensor<3xi32>
    // CHECK: values: "i64" -4503599627370496 -1 4503599627370497{{$}}
    %i64 = vox.constant dense<[-4503599627370496, -1, 4503599627370497]> : tensor<3xi64>
    // CHECK: values: "i1" 1 0 1{{$}}
    %i1 = vox.constant dense<[true, false, true]> : tensor<3xi1>
    // CHECK: values: "all_true" 1 1 1 1{{$}}
    %all_true = vox.constant dense<true> : tensor<4xi1>
    // CHECK: values: "in_resource" 1 0 1{{$}}
    %in_resource = vox.constant dense_resource<booleans> : tensor<3xi1>
    // CHECK: values: "wide_in_resource" 1 -1 256{{$}}
    %wide_in_resource = vox.constant dense_resource<numbers> : tensor<3xi16>

    // CHECK: values: "concat" 0 1 2 -7 3 4 5 -7{{$}}
    %concat = vox.concat %x, %minus axis = 1 : (tensor<2x3xi64>, tensor<2x1xi64>) -> tensor<2x4xi64>
    // CHECK: values: "pad" -2 0 1 2 -2 3 4 5{{$}}
    %pad = vox.pad %x pads = [0, 1, 0, 0] value = -2.0 : tensor<2x3xi64> -> tensor<2x4xi64>
    // CHECK: values: "slice" 5 3 2 0{{$}}
    %slice = vox.slice %x starts = [1, 2] steps = [-1, -2] : tensor<2x3xi64> -> tensor<2x2xi64>
    // CHECK: values: "transpose" 0 3 1 4 2 5{{$}}
    %transpose = vox.transpose %x permutation = [1, 0] : tensor<2x3xi64> -> tensor<3x2xi64>
    // CHECK: values: "reshape" 0 1 2 3 4 5{{$}}
    %reshape = vox.reshape %x : tensor<2x3xi64> -> tensor<6xi64>
    // CHECK: values: "passed_on" 0 1 0 1{{$}}
    return %ui8, %i8, %ui16, %i16, %i32, %i64, %i1, %all_true, %in_resource, %wide_in_resource, %concat, %pad, %slice, %transpose, %reshape, %flags :
      tensor<4xui8>, tensor<3xi8>, tensor<3xui16>, tensor<3xi16>, tensor<3xi32>, tensor<3xi64>, tensor<3xi1>, tensor<4xi1>, tensor<3xi1>, tensor<3xi16>, tensor<2x4xi64>, tensor<2x4xi64>, tensor<2x2xi64>, tensor<3x2xi64>, tensor<6xi64>, tensor<4xi1>
}

{-#
  dialect_resources: {
    builtin: {
      booleans: "0x01000000010001",
      numbers: "0x020000000100FFFF0001"
    }
  }
#-}
