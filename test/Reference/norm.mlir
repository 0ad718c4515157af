// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Batch normalisation of x = 0, 1, 2, ... per channel. Expected values:
// PyTorch 2.15, float64. Channel 1 has a negative scale, channel 2 no
// variance.

func.func @main(%x: tensor<2x3x2xf32> {vox.name = "x"}) -> (
      tensor<2x3x2xf32> {vox.name = "small_epsilon"},
      tensor<2x3x2xf32> {vox.name = "large_epsilon"}) {
    %scale = vox.constant dense<[1.0, -2.0, 3.0]> : tensor<3xf32>
    %bias = vox.constant dense<[0.5, 0.0, 1.0]> : tensor<3xf32>
    %mean = vox.constant dense<[1.0, 2.0, 4.0]> : tensor<3xf32>
    %variance = vox.constant dense<[4.0, 0.25, 0.0]> : tensor<3xf32>

    // CHECK: values: "small_epsilon" 6.24998828e-07 0.5 0 -3.99992 1 949.683298 2.99999688 3.49999625 -23.99952 -27.99944 5693.09979 6641.78309{{$}}
    %small_epsilon = vox.batch_norm %x scale %scale bias %bias mean %mean
        variance %variance epsilon = 1.000000e-05
        : tensor<2x3x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>

    // CHECK: values: "large_epsilon" 0.0411685323 0.5 0 -2 1 4.46410162 2.79415734 3.25298881 -12 -14 21.7846097 25.2487113{{$}}
    %large_epsilon = vox.batch_norm %x scale %scale bias %bias mean %mean
        variance %variance epsilon = 7.500000e-01
        : tensor<2x3x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>

    return %small_epsilon, %large_epsilon :
      tensor<2x3x2xf32>, tensor<2x3x2xf32>
}
