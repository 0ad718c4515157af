// What can be wrong with the command line itself: exit code 1 and a message
// that says what was expected.

// RUN: not vox-run 2>&1 | FileCheck %s --check-prefix=NO-MODEL
// NO-MODEL: Not enough positional command line arguments
// RUN: not vox-run %s --fil=ones 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: Unknown command line argument '--fil=ones'
// RUN: not vox-run %s --fill=twos 2>&1 | FileCheck %s --check-prefix=FILL
// FILL: for the --fill option: Cannot find option named 'twos'
// RUN: not vox-run %s --evaluate=me 2>&1 | FileCheck %s --check-prefix=EVALUATE
// EVALUATE: vox-run: error: --evaluate is "me"; expected reference
// RUN: not vox-run %s --evaluate=reference --verify=reference 2>&1 \
// RUN:     | FileCheck %s --check-prefix=BOTH
// BOTH: error: --evaluate=reference with --verify=reference compares the reference with itself
// RUN: not vox-run %s --rtol=-1 2>&1 | FileCheck %s --check-prefix=RTOL
// RUN: not vox-run %s --atol=nan 2>&1 | FileCheck %s --check-prefix=RTOL
// RTOL: error: --rtol and --atol must not be negative
// RUN: not vox-run %s --iterations=0 2>&1 | FileCheck %s --check-prefix=TIMES
// RUN: not vox-run %s --duration=-1 2>&1 | FileCheck %s --check-prefix=TIMES
// TIMES: error: --warmUp and --duration must not be negative, and --iterations at least 1
// RUN: not vox-run %s --percentile=50,101 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// PERCENTILE: error: --percentile is "{{.*}}"; expected numbers from 0 to 100, separated by commas
// RUN: not vox-run %s --percentile=nan 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// RUN: not vox-run %s --percentile=95,,99 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// RUN: not vox-run %s --percentile= 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// RUN: not vox-run %s --percentile=95,x 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// RUN: not vox-run %s --evaluate=reference --dumpProfile 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not vox-run %s --evaluate=reference --exportProfile=p.json 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not vox-run %s --evaluate=reference --trace=t.json 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not vox-run %s --evaluate=reference --verify-all-ops 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: error: --evaluate=reference compiles nothing; --verify-all-ops, --dumpProfile, --exportProfile and --trace need a compiled model
// RUN: not vox-run x.so --verify-all-ops 2>&1 | FileCheck %s --check-prefix=NO-SOURCE
// RUN: not vox-run %s --threads=-1 2>&1 | FileCheck %s --check-prefix=THREADS
// THREADS: error: --threads is negative; expected a number of threads, or 0 for as many as processors
// RUN: not vox-run %s -O4 2>&1 | FileCheck %s --check-prefix=LEVEL
// LEVEL: error: -O4; expected 0 to 3

// RUN: not vox-run %s --disable-pass=vox-form-groups,nonsense 2>&1 | FileCheck %s --check-prefix=PASS
// PASS: error: --disable-pass=nonsense: no such optional pass; expected {{.*}}vox-form-groups
// RUN: not vox-run %s --compile-from=objects 2>&1 | FileCheck %s --check-prefix=PHASE
// PHASE: error: --compile-from is "objects"; expected a phase from import to kernels
// RUN: not vox-run %s --shapes=x 2>&1 | FileCheck %s --check-prefix=SHAPES
// SHAPES: vox-run: error: --shapes=x: 'x' is not a shape
// RUN: not vox-run %s --source=%s 2>&1 | FileCheck %s --check-prefix=SOURCE
// SOURCE: error: --source is for a compiled MODEL
// RUN: not vox-run x.so --verify=reference 2>&1 | FileCheck %s --check-prefix=NO-SOURCE
// NO-SOURCE: error: the reference needs the model that "x.so" was compiled from; name it by --source
// RUN: not vox-run %s.txt 2>&1 | FileCheck %s --check-prefix=SUFFIX
// SUFFIX: options-errors.mlir.txt: error: unknown kind of file '.txt'

// Names of inputs and outputs.

// RUN: not vox-run %s --input=x 2>&1 | FileCheck %s --check-prefix=NO-FILE
// RUN: not vox-run %s --input=@ 2>&1 | FileCheck %s --check-prefix=NO-FILE
// NO-FILE: error: --input is "{{x?@?}}"; expected [NAME=]@FILE
// RUN: not vox-run %s --input=z=@f.npy 2>&1 | FileCheck %s --check-prefix=NO-INPUT
// NO-INPUT: error: the model has no input "z"
// RUN: not vox-run %s --output=z=@f.npy 2>&1 | FileCheck %s --check-prefix=NO-OUTPUT
// NO-OUTPUT: error: the model has no output "z"
// RUN: not vox-run %s --input=x=@f.npy --input=x=@g.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=TWICE
// TWICE: error: input "x" is given twice
// RUN: not vox-run %s --output=@f.npy --output=@g.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=MORE
// MORE: error: more files for --output than the model's 1
// RUN: not vox-run %s --evaluate=reference --verify=f.npy,g.npy 2>&1 \
// RUN:     | FileCheck %s --check-prefix=COUNT
// COUNT: error: --verify names 2 files; expected 1, one for each output

func.func @main(%x: tensor<3xf32> {vox.name = "x"})
    -> (tensor<3xf32> {vox.name = "y"}) {
  %y = vox.activation #vox.relu %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
