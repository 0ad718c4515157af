// RUN: vox-run %s --evaluate=reference --fill=iota --print | FileCheck %s

// Activations of constants, among them what is not finite. Expected values:
// PyTorch 2.15, float64; clip's from ONNX, by hand.

func.func @main(%x: tensor<2x3xf32> {vox.name = "x"}) -> (
      tensor<8xf32> {vox.name = "identity"},
      tensor<8xf32> {vox.name = "relu"},
      tensor<8xf32> {vox.name = "leaky_relu"},
      tensor<8xf32> {vox.name = "sigmoid"},
      tensor<8xf32> {vox.name = "tanh"},
      tensor<8xf32> {vox.name = "clip"},
      tensor<8xf32> {vox.name = "clip_below"},
      tensor<8xf32> {vox.name = "clip_inverted"},
      tensor<8xf32> {vox.name = "prelu"},
      tensor<2x2x2xf32> {vox.name = "prelu_per_channel"},
      tensor<2x2x2xf32> {vox.name = "prelu_per_column"},
      tensor<2x3xf32> {vox.name = "softmax_rows"},
      tensor<2x3xf32> {vox.name = "softmax_columns"},
      tensor<3x3xf32> {vox.name = "softmax_of_odd"},
      tensor<2xf32> {vox.name = "softmax_large"},
      tensor<2x3xf32> {vox.name = "log_softmax_rows"},
      tensor<3x3xf32> {vox.name = "log_softmax_of_odd"},
      tensor<2xf32> {vox.name = "log_softmax_large"}) {
    %odd = vox.constant dense<[-2.0, -0.0, 0.5, 1000.0, -1000.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<8xf32>
    %slope = vox.constant dense<0.25> : tensor<1xf32>
    %channels = vox.constant dense<[[0.5], [-2.0]]> : tensor<2x1xf32>
    %columns = vox.constant dense<[[[3.0, 0x7FC00000]], [[0.0, 0x7F800000]]]> : tensor<2x1x2xf32>
    %signs = vox.constant dense<[[[-1.0, 2.0], [-3.0, -4.0]], [[5.0, -6.0], [-7.0, 8.0]]]> : tensor<2x2x2xf32>
    %lines = vox.constant dense<[[0.0, 0x7FC00000, 1.0], [0x7F800000, 0.0, 1.0], [0xFF800000, 0.0, 0.0]]> : tensor<3x3xf32>
    %large = vox.constant dense<[1000.0, 1001.0]> : tensor<2xf32>

    // CHECK: values: "identity" -2 -0 0.5 1000 -1000 inf -inf nan{{$}}
    %identity = vox.activation #vox.identity %odd : tensor<8xf32>

    // CHECK: values: "relu" 0 -0 0.5 1000 0 inf 0 nan{{$}}
    %relu = vox.activation #vox.relu %odd : tensor<8xf32>

    // CHECK: values: "leaky_relu" -0.5 -0 0.5 1000 -250 inf -inf nan{{$}}
    %leaky_relu = vox.activation #vox.leaky_relu<alpha = 2.500000e-01> %odd : tensor<8xf32>

    // CHECK: values: "sigmoid" 0.119202922 0.5 0.622459331 1 0 1 0 nan{{$}}
    %sigmoid = vox.activation #vox.sigmoid %odd : tensor<8xf32>

    // CHECK: values: "tanh" -0.96402758 -0 0.462117157 1 -1 1 -1 nan{{$}}
    %tanh = vox.activation #vox.tanh %odd : tensor<8xf32>

    // CHECK: values: "clip" -1 -0 0.5 6 -1 6 -1 nan{{$}}
    %clip = vox.activation #vox.clip<min = -1.000000e+00, max = 6.000000e+00> %odd : tensor<8xf32>

    // CHECK: values: "clip_below" -2 -0 0 0 -1000 0 -inf nan{{$}}
    %clip_below = vox.activation #vox.clip<max = 0.000000e+00> %odd : tensor<8xf32>

    // The greatest result wins.
    // CHECK: values: "clip_inverted" 1 1 1 1 1 1 1 nan{{$}}
    %clip_inverted = vox.activation #vox.clip<min = 2.000000e+00, max = 1.000000e+00> %odd : tensor<8xf32>

    // CHECK: values: "prelu" -0.5 -0 0.5 1000 -250 inf -inf nan{{$}}
    %prelu = vox.activation #vox.prelu %odd parameter %slope : tensor<8xf32>, tensor<1xf32>

    // CHECK: values: "prelu_per_channel" -0.5 2 6 8 5 -3 14 8{{$}}
    %prelu_per_channel = vox.activation #vox.prelu %signs parameter %channels : tensor<2x2x2xf32>, tensor<2x1xf32>

    // A slope that is no number concerns negative elements only.
    // CHECK: values: "prelu_per_column" -3 2 -9 nan 5 -inf -0 8{{$}}
    %prelu_per_column = vox.activation #vox.prelu %signs parameter %columns : tensor<2x2x2xf32>, tensor<2x1x2xf32>

    // CHECK: values: "softmax_rows" 0.0900305732 0.244728471 0.665240956 0.0900305732 0.244728471 0.665240956{{$}}
    %softmax_rows = vox.softmax %x axis = 1 : tensor<2x3xf32>

    // CHECK: values: "softmax_columns" 0.0474258732 0.0474258732 0.0474258732 0.952574127 0.952574127 0.952574127{{$}}
    %softmax_columns = vox.softmax %x axis = 0 : tensor<2x3xf32>

    // CHECK: values: "softmax_of_odd" nan nan nan nan nan nan 0 0.5 0.5{{$}}
    %softmax_of_odd = vox.softmax %lines axis = 1 : tensor<3x3xf32>

    // Does not overflow.
    // CHECK: values: "softmax_large" 0.268941421 0.731058579{{$}}
    %softmax_large = vox.softmax %large axis = 0 : tensor<2xf32>

    // CHECK: values: "log_softmax_rows" -2.40760596 -1.40760596 -0.407605964 -2.40760596 -1.40760596 -0.407605964{{$}}
    %log_softmax_rows = vox.log_softmax %x axis = 1 : tensor<2x3xf32>

    // CHECK: values: "log_softmax_of_odd" {{-?}}nan {{-?}}nan {{-?}}nan {{-?}}nan {{-?}}nan {{-?}}nan -inf -0.693147181 -0.693147181{{$}}
    %log_softmax_of_odd = vox.log_softmax %lines axis = 1 : tensor<3x3xf32>

    // CHECK: values: "log_softmax_large" -1.31326169 -0.313261688{{$}}
    %log_softmax_large = vox.log_softmax %large axis = 0 : tensor<2xf32>

    return %identity, %relu, %leaky_relu, %sigmoid, %tanh, %clip, %clip_below, %clip_inverted, %prelu, %prelu_per_channel, %prelu_per_column, %softmax_rows, %softmax_columns, %softmax_of_odd, %softmax_large, %log_softmax_rows, %log_softmax_of_odd, %log_softmax_large :
      tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<2x2x2xf32>, tensor<2x2x2xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<3x3xf32>, tensor<2xf32>, tensor<2x3xf32>, tensor<3x3xf32>, tensor<2xf32>
}
