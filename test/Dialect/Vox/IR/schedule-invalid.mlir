// RUN: vox-opt %s -split-input-file -verify-diagnostics

// expected-error @+1 {{lanes is 0; expected 1 to 64}}
func.func private @NoLanes() attributes {s = #vox.schedule<algorithm = direct, lanes = 0>}

// -----

// expected-error @+1 {{lanes is 65; expected 1 to 64}}
func.func private @TooManyLanes() attributes {s = #vox.schedule<algorithm = direct, lanes = 65>}

// -----

// expected-error @+1 {{columns is 0; expected 1 to 64}}
func.func private @NoColumns() attributes {s = #vox.schedule<algorithm = direct, columns = 0>}

// -----

// expected-error @+1 {{columns is 65; expected 1 to 64}}
func.func private @TooManyColumns() attributes {s = #vox.schedule<algorithm = direct, columns = 65>}

// -----

// expected-error @+1 {{vectors is -1; expected 1 to 64}}
func.func private @NegativeVectors() attributes {s = #vox.schedule<algorithm = direct, vectors = -1>}

// -----

// expected-error @+1 {{vectors is 65; expected 1 to 64}}
func.func private @TooManyVectors() attributes {s = #vox.schedule<algorithm = direct, vectors = 65>}

// -----

// expected-error @+1 {{rows is 0; expected 1 to 2147483647}}
func.func private @NoRows() attributes {s = #vox.schedule<algorithm = direct, rows = 0>}

// -----

// expected-error @+1 {{rows is 2147483648; expected 1 to 2147483647}}
func.func private @TooManyRows() attributes {s = #vox.schedule<algorithm = direct, rows = 2147483648>}

// -----

// expected-error @+2 {{expected ::vox::Algorithm to be one of: plain, direct, few_channels, depthwise, planar, window, dense, reduction, element_wise}}
// expected-error @+1 {{failed to parse Vox_Schedule parameter 'algorithm'}}
func.func private @UnknownAlgorithm() attributes {s = #vox.schedule<algorithm = winograd>}

// -----

// expected-error @+2 {{expected one of [none, rows, channels] for What is divided among threads, got: batch}}
// expected-error @+1 {{failed to parse Vox_Schedule parameter 'parallel'}}
func.func private @UnknownAxis() attributes {s = #vox.schedule<algorithm = direct, parallel = batch>}

// -----

// expected-error @+1 {{struct is missing required parameter: algorithm}}
func.func private @NoAlgorithm() attributes {s = #vox.schedule<lanes = 8>}
