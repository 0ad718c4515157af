// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// From every element type to the others: expected values by hand, from what
// vox.cast says where ONNX leaves it open.

func.func @main(%x: tensor<3xf32> {vox.name = "x"}) -> (
      tensor<9xi8> {vox.name = "f32_i8"},
      tensor<9xui8> {vox.name = "f32_ui8"},
      tensor<9xi16> {vox.name = "f32_i16"},
      tensor<9xui16> {vox.name = "f32_ui16"},
      tensor<9xi32> {vox.name = "f32_i32"},
      tensor<9xi1> {vox.name = "f32_i1"},
      tensor<9xf32> {vox.name = "f32_f32"},
      tensor<5xi64> {vox.name = "f32_i64"},
      tensor<8xi8> {vox.name = "i64_i8"},
      tensor<8xui8> {vox.name = "i64_ui8"},
      tensor<8xi16> {vox.name = "i64_i16"},
      tensor<8xui16> {vox.name = "i64_ui16"},
      tensor<8xi32> {vox.name = "i64_i32"},
      tensor<8xi1> {vox.name = "i64_i1"},
      tensor<8xf32> {vox.name = "i64_f32"},
      tensor<2xi8> {vox.name = "ui8_i8"},
      tensor<2xui8> {vox.name = "i8_ui8"},
      tensor<2xi64> {vox.name = "i8_i64"},
      tensor<2xi16> {vox.name = "ui16_i16"},
      tensor<2xui16> {vox.name = "i16_ui16"},
      tensor<2xi64> {vox.name = "i32_i64"},
      tensor<2xf32> {vox.name = "i1_f32"},
      tensor<2xi64> {vox.name = "i1_i64"}) {
    %odd = vox.constant dense<[-0.0, 0.9, -0.9, -1.5, 127.9, 70000.5, -1.0e+10, 0x7F800000, 0x7FC00000]> : tensor<9xf32>
    %large = vox.constant dense<[9.2233720368547758e+18, -9.2233720368547758e+18, 0xFF800000, 16777217.0, -3.0e+12]> : tensor<5xf32>
    %i64 = vox.constant dense<[0, -1, 128, -129, 256, 65535, 2147483648, -4294967297]> : tensor<8xi64>
    %ui8 = vox.constant dense<[127, 128]> : tensor<2xui8>
    %i8 = vox.constant dense<[-128, -1]> : tensor<2xi8>
    %ui16 = vox.constant dense<[32768, 65535]> : tensor<2xui16>
    %i16 = vox.constant dense<[-32768, -1]> : tensor<2xi16>
    %i32 = vox.constant dense<[-2147483648, 2147483647]> : tensor<2xi32>
    %i1 = vox.constant dense<[true, false]> : tensor<2xi1>

    // Fractions are dropped, what does not fit saturates, NaN becomes 0.
    // CHECK: values: "f32_i8" 0 0 0 -1 127 127 -128 127 0{{$}}
    %f32_i8 = vox.cast %odd : tensor<9xf32> -> tensor<9xi8>
    // CHECK: values: "f32_ui8" 0 0 0 0 127 255 0 255 0{{$}}
    %f32_ui8 = vox.cast %odd : tensor<9xf32> -> tensor<9xui8>
    // CHECK: values: "f32_i16" 0 0 0 -1 127 32767 -32768 32767 0{{$}}
    %f32_i16 = vox.cast %odd : tensor<9xf32> -> tensor<9xi16>
    // CHECK: values: "f32_ui16" 0 0 0 0 127 65535 0 65535 0{{$}}
    %f32_ui16 = vox.cast %odd : tensor<9xf32> -> tensor<9xui16>
    // CHECK: values: "f32_i32" 0 0 0 -1 127 70000 -2147483648 2147483647 0{{$}}
    %f32_i32 = vox.cast %odd : tensor<9xf32> -> tensor<9xi32>

    // Only zeros are false.
    // CHECK: values: "f32_i1" 0 1 1 1 1 1 1 1 1{{$}}
    %f32_i1 = vox.cast %odd : tensor<9xf32> -> tensor<9xi1>

    // CHECK: values: "f32_f32" -0 0.899999976 -0.899999976 -1.5 127.900002 70000.5 -10000000000 inf nan{{$}}
    %f32_f32 = vox.cast %odd : tensor<9xf32> -> tensor<9xf32>

    // The greatest is 2^63 - 1, which float64 rounds.
    // CHECK: values: "f32_i64" 9.22337204e+18 -9.22337204e+18 -9.22337204e+18 16777216 -3000000053248{{$}}
    %f32_i64 = vox.cast %large : tensor<5xf32> -> tensor<5xi64>

    // Integers wrap around.
    // CHECK: values: "i64_i8" 0 -1 -128 127 0 -1 0 -1{{$}}
    %i64_i8 = vox.cast %i64 : tensor<8xi64> -> tensor<8xi8>
    // CHECK: values: "i64_ui8" 0 255 128 127 0 255 0 255{{$}}
    %i64_ui8 = vox.cast %i64 : tensor<8xi64> -> tensor<8xui8>
    // CHECK: values: "i64_i16" 0 -1 128 -129 256 -1 0 -1{{$}}
    %i64_i16 = vox.cast %i64 : tensor<8xi64> -> tensor<8xi16>
    // CHECK: values: "i64_ui16" 0 65535 128 65407 256 65535 0 65535{{$}}
    %i64_ui16 = vox.cast %i64 : tensor<8xi64> -> tensor<8xui16>
    // CHECK: values: "i64_i32" 0 -1 128 -129 256 65535 -2147483648 -1{{$}}
    %i64_i32 = vox.cast %i64 : tensor<8xi64> -> tensor<8xi32>
    // CHECK: values: "i64_i1" 0 1 1 1 1 1 1 1{{$}}
    %i64_i1 = vox.cast %i64 : tensor<8xi64> -> tensor<8xi1>
    // CHECK: values: "i64_f32" 0 -1 128 -129 256 65535 2147483648 -4294967297{{$}}
    %i64_f32 = vox.cast %i64 : tensor<8xi64> -> tensor<8xf32>

    // CHECK: values: "ui8_i8" 127 -128{{$}}
    %ui8_i8 = vox.cast %ui8 : tensor<2xui8> -> tensor<2xi8>
    // CHECK: values: "i8_ui8" 128 255{{$}}
    %i8_ui8 = vox.cast %i8 : tensor<2xi8> -> tensor<2xui8>
    // CHECK: values: "i8_i64" -128 -1{{$}}
    %i8_i64 = vox.cast %i8 : tensor<2xi8> -> tensor<2xi64>
    // CHECK: values: "ui16_i16" -32768 -1{{$}}
    %ui16_i16 = vox.cast %ui16 : tensor<2xui16> -> tensor<2xi16>
    // CHECK: values: "i16_ui16" 32768 65535{{$}}
    %i16_ui16 = vox.cast %i16 : tensor<2xi16> -> tensor<2xui16>
    // CHECK: values: "i32_i64" -2147483648 2147483647{{$}}
    %i32_i64 = vox.cast %i32 : tensor<2xi32> -> tensor<2xi64>
    // CHECK: values: "i1_f32" 1 0{{$}}
    %i1_f32 = vox.cast %i1 : tensor<2xi1> -> tensor<2xf32>
    // CHECK: values: "i1_i64" 1 0{{$}}
    %i1_i64 = vox.cast %i1 : tensor<2xi1> -> tensor<2xi64>

    return %f32_i8, %f32_ui8, %f32_i16, %f32_ui16, %f32_i32, %f32_i1, %f32_f32, %f32_i64, %i64_i8, %i64_ui8, %i64_i16, %i64_ui16, %i64_i32, %i64_i1, %i64_f32, %ui8_i8, %i8_ui8, %i8_i64, %ui16_i16, %i16_ui16, %i32_i64, %i1_f32, %i1_i64 :
      tensor<9xi8>, tensor<9xui8>, tensor<9xi16>, tensor<9xui16>, tensor<9xi32>, tensor<9xi1>, tensor<9xf32>, tensor<5xi64>, tensor<8xi8>, tensor<8xui8>, tensor<8xi16>, tensor<8xui16>, tensor<8xi32>, tensor<8xi1>, tensor<8xf32>, tensor<2xi8>, tensor<2xui8>, tensor<2xi64>, tensor<2xi16>, tensor<2xui16>, tensor<2xi64>, tensor<2xf32>, tensor<2xi64>
}
