// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// What units do. Zeros, at low, at high, mean, variance, least, greatest and
// samples, by hand.

func.func @main(%x: tensor<2x2x3xf32> {vox.name = "x"}) -> (
      tensor<2x9xf32> {vox.name = "channels"},
      tensor<3x7xf32> {vox.name = "last"},
      tensor<3x8xf32> {vox.name = "odd"}) {
    // Channel 0 is 0 1 2 6 7 8, channel 1 is 3 4 5 9 10 11.
    // CHECK: values: "channels" 1 2 2 4 9.66666667 0 8 6 0 0 0 3 7 9.66666667 3 11 9 3{{$}}
    %channels = vox.activation_statistics %x axis = 1 low = 1.0 high = 7.0 samples = 2
        : tensor<2x2x3xf32> -> tensor<2x9xf32>
    // Bounds that are infinite are none.
    // CHECK: values: "last" 1 0 0 4.5 11.25 0 9 0 0 0 5.5 11.25 1 10 0 0 0 6.5 11.25 2 11{{$}}
    %last = vox.activation_statistics %x axis = 2 low = 0xFFF0000000000000 high = 0x7FF0000000000000 samples = 0
        : tensor<2x2x3xf32> -> tensor<3x7xf32>
    // NaN makes what is computed NaN, -0 is a zero, infinities have no variance.
    %numbers = vox.constant dense<[[0x7FC00000, 0.0], [-0.0, -1.0], [0x7F800000, 5.0]]> : tensor<3x2xf32>
    // CHECK: values: "odd" 1 0 0 nan nan nan nan 0 1 0 0 -0.5 0.25 -1 -0 -1 0 0 2 inf nan 5 inf 5{{$}}
    %odd = vox.activation_statistics %numbers axis = 0 low = -2.0 high = 5.0 samples = 1
        : tensor<3x2xf32> -> tensor<3x8xf32>
    return %channels, %last, %odd : tensor<2x9xf32>, tensor<3x7xf32>, tensor<3x8xf32>
}
