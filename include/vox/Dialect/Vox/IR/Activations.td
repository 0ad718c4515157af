//===- Activations.td - The table of activations --------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that knows which activations exist. From each record come the
// attribute, import from and export to ONNX, the float64 reference, the vector
// code of kernels, the bounds that passes and monitors use, what policies
// accept, and docs/Activations.md. See docs/Guides/AddAnActivation.md.
//
//===----------------------------------------------------------------------===//

#ifndef VOX_ACTIVATIONS_TD
#define VOX_ACTIVATIONS_TD

include "vox/Dialect/Vox/IR/ActivationInterface.td"
include "vox/Dialect/Vox/IR/VoxBase.td"

/// A real parameter, stored as a float64 and compared bit by bit, so that NaN
/// and the sign of zero survive uniquing.
class Vox_F64<string default, string meaning>
    : DefaultValuedParameter<"::llvm::APFloat",
                             "::llvm::APFloat(double(" # default # "))",
                             meaning> {
  let comparator = "$_lhs.bitwiseIsEqual($_rhs)";
  let parser = "::vox::parseF64($_parser)";
  let printer = "$_printer.printFloat($_self)";
}

/// A parameter of an activation. ONNX calls it `onnxName`; `accepts` is a C++
/// expression of `value`, and `expected` says the same to people.
class Vox_ActivationParameter<string nameArg, string defaultArg,
                              string meaningArg,
                              string acceptsArg = "std::isfinite(value)",
                              string expectedArg = "a real number",
                              string onnxNameArg = nameArg> {
  string name = nameArg;
  string default = defaultArg;
  string meaning = meaningArg;
  string accepts = acceptsArg;
  string expected = expectedArg;
  string onnxName = onnxNameArg;
  string getter = "get" # !toupper(!substr(name, 0, 1)) # !substr(name, 1);
}

/// An activation. `value` is a C++ expression of `x`, the parameters by name
/// and `parameter`, the learned one. It is compiled for several types T, of
/// which Real.h is the simplest and lists the functions that are there. What
/// makes an expression right for all floats is said beside the functions.
class Vox_Activation<string name, string mnemonic, string formulaArg,
                     list<Vox_ActivationParameter> params = []>
    : Vox_Attr<name, mnemonic,
               [DeclareAttrInterfaceMethods<Vox_ActivationInterface>]> {
  let summary = "`" # formulaArg # "`";
  let parameters = !dag(ins,
                        !foreach(p, params, Vox_F64<p.default, p.meaning>),
                        !foreach(p, params, p.name));
  let assemblyFormat = !if(!empty(params), "", "(`<` struct(params)^ `>`)?");
  let genVerifyDecl = !not(!empty(params));

  /// The formula as people write it, in plain text.
  string formula = formulaArg;
  /// The same for T.
  string value = ?;
  /// Bounds of the real function: C++ expressions of the parameters. They are
  /// rounded outward where a float64 can't hold them.
  string lower = "-kInfinity";
  string upper = "kInfinity";
  /// Whether the op has the operand `parameter`, and what it begins as where
  /// the activation is put into a trained network.
  bit learned = 0;
  string initial = "0";
  /// The ONNX op, "" where there is none, and what its attribute
  /// `approximate` must be, if it has one.
  string onnxOp = "";
  string onnxMode = "";
  /// Vector instructions per element, about: what reports show where nothing
  /// was measured.
  int cost = 1;
  /// Where it is used, and who introduced it.
  string use = "";
  string source = "";

  let extraClassDeclaration = [{
    /// The formula on any type that has the functions of Real.h. Parameters
    /// are taken as float32 has them, which ONNX and kernels compute with.
    template <typename T> T apply(T x, T parameter) const {
  }] # !interleave(!foreach(p, params,
        "    T " # p.name # "(float(" # p.getter
        # "().convertToDouble()));\n"), "")
     # "    return " # value # [{;
    }
    static const ActivationKind &kind();
  }];

  let extraClassDefinition = [{
    const ActivationKind &$cppClass::kind() {
      static const ActivationParameter parameters[] = {
  }] # !interleave(!foreach(p, params,
        "{\"" # p.name # "\", " # p.default # ", \"" # p.meaning # "\", \""
        # p.expected # "\", \"" # p.onnxName
        # "\", +[](double value) -> bool { return " # p.accepts # "; }}"),
        ",\n")
     # !if(!empty(params), "{}", "") # [{};
      static const ActivationKind kind = {
          getMnemonic(), "}] # formula # [{", "}] # onnxOp # [{", "}] # onnxMode
     # [{", "}] # use # [{", "}] # source # [{",
          llvm::ArrayRef(parameters).take_front(}] # !size(params) # [{),
          }] # !if(learned, "true", "false") # ", " # initial # ", " # cost # [{,
          +[](mlir::MLIRContext *context, llvm::ArrayRef<double> values)
              -> ActivationAttr {
            (void)values;
            return get(context}]
     # !interleave(!foreach(i, !range(!size(params)),
         ", llvm::APFloat(values[" # i # "])"), "") # [{);
          }};
      return kind;
    }
    const ActivationKind &$cppClass::getKind() const { return kind(); }
    llvm::SmallVector<double, 2> $cppClass::getParameterValues() const {
      return {}] # !interleave(!foreach(p, params,
         p.getter # "().convertToDouble()"), ", ") # [{};
    }
    double $cppClass::evaluate(double x, double parameter) const {
      return apply(Real(x), Real(parameter)).value;
    }
    double $cppClass::lowerBound() const {
  }] # !interleave(!foreach(p, params,
        "[[maybe_unused]] double " # p.name # " = float(" # p.getter
        # "().convertToDouble());"), "")
     # " return " # lower # [{;
    }
    double $cppClass::upperBound() const {
  }] # !interleave(!foreach(p, params,
        "[[maybe_unused]] double " # p.name # " = float(" # p.getter
        # "().convertToDouble());"), "")
     # " return " # upper # [{;
    }
  }] # !if(!empty(params), "", [{
    mlir::LogicalResult $cppClass::verify(
        llvm::function_ref<mlir::InFlightDiagnostic()> emitError}]
     # !interleave(!foreach(p, params, ", llvm::APFloat " # p.name), "") # [{) {
      return verifyParameters(emitError, kind(), {}]
     # !interleave(!foreach(p, params, p.name # ".convertToDouble()"), ", ")
     # [{});
    }
  }]);
}

//===----------------------------------------------------------------------===//
// Piecewise linear
//===----------------------------------------------------------------------===//

def Vox_Identity : Vox_Activation<"Identity", "identity", "x"> {
  let value = "x";
  let onnxOp = "Identity";
  let use = "the output of a regression";
}

def Vox_Relu : Vox_Activation<"Relu", "relu", "max(x, 0)"> {
  let value = "atLeast(x, T(0))";
  let lower = "0";
  let onnxOp = "Relu";
  let use = "hidden layers of CNNs";
  let source = "Nair and Hinton 2010";
}

def Vox_LeakyRelu
    : Vox_Activation<"LeakyRelu", "leaky_relu", "x >= 0 ? x : alpha x",
                     [Vox_ActivationParameter<"alpha", "0.01",
                          "slope of the negative side">]> {
  let description = [{
    Example: `#vox.leaky_relu<alpha = 2.000000e-01>`.
  }];
  let value = "select(x < T(0), alpha * x, x)";
  let lower = "alpha > 0 ? -kInfinity : 0";
  let onnxOp = "LeakyRelu";
  let cost = 2;
  let use = "where units die; 0.2 in GAN discriminators";
  let source = "Maas et al. 2013";
}

def Vox_PRelu
    : Vox_Activation<"PRelu", "prelu", "x >= 0 ? x : parameter x"> {
  let description = [{
    The slope of the negative side is learned: the op's `parameter` operand.
  }];
  let value = "select(x < T(0), parameter * x, x)";
  // The slope is data: it may have any sign.
  let learned = 1;
  let initial = "0.25";
  let onnxOp = "PRelu";
  let cost = 3;
  let use = "where units die and there is data to learn the slope from";
  let source = "He et al. 2015";
}

def Vox_Clip
    : Vox_Activation<"Clip", "clip", "min(max(x, min), max)",
                     [Vox_ActivationParameter<"min", "-kInfinity",
                          "least result", "!std::isnan(value)",
                          "a number or an infinity">,
                      Vox_ActivationParameter<"max", "kInfinity",
                          "greatest result", "!std::isnan(value)",
                          "a number or an infinity">]> {
  let description = [{
    As in ONNX, the result is `max` where `min` exceeds `max`. ReLU6 is
    `#vox.clip<min = 0.000000e+00, max = 6.000000e+00>`.
  }];
  let value = "atMost(atLeast(x, min), max)";
  let lower = "std::min(min, max)";
  let upper = "max";
  let onnxOp = "Clip";
  let cost = 2;
  let use = "ReLU6 before low precision, on mobile devices";
  let source = "Krizhevsky 2010";
}

def Vox_ThresholdedRelu
    : Vox_Activation<"ThresholdedRelu", "thresholded_relu", "x > alpha ? x : 0",
                     [Vox_ActivationParameter<"alpha", "1",
                          "what x must exceed">]> {
  let value = "select(alpha < x, x, T(0))";
  let lower = "std::min(alpha, 0.0)";
  let onnxOp = "ThresholdedRelu";
  let cost = 2;
  let use = "sparse codes of autoencoders";
  let source = "Konda et al. 2014";
}

def Vox_HardSigmoid
    : Vox_Activation<"HardSigmoid", "hard_sigmoid",
                     "min(max(alpha x + beta, 0), 1)",
                     // ONNX's default is the float, not the decimal: next to
                     // the kink they differ in all digits.
                     [Vox_ActivationParameter<"alpha", "0.2f", "slope">,
                      Vox_ActivationParameter<"beta", "0.5", "value at 0">]> {
  let value = "atMost(atLeast(alpha * x + beta, T(0)), T(1))";
  let lower = "0";
  let upper = "1";
  let onnxOp = "HardSigmoid";
  let cost = 3;
  let use = "gates on mobile devices";
  let source = "Courbariaux et al. 2015";
}

def Vox_HardSwish
    : Vox_Activation<"HardSwish", "hard_swish",
                     "x min(max(x / 6 + 1 / 2, 0), 1)"> {
  // Near -3, where x / 6 + 1 / 2 would cancel, x + 3 is exact.
  let value = "select(x < T(-3), T(0), select(T(3) < x, x, "
              "x * (x + T(3)) * T(1.0 / 6)))";
  let lower = "-0.375";
  let onnxOp = "HardSwish";
  let cost = 6;
  let use = "swish on mobile devices";
  let source = "Howard et al. 2019";
}

//===----------------------------------------------------------------------===//
// Smooth
//===----------------------------------------------------------------------===//

def Vox_Elu
    : Vox_Activation<"Elu", "elu", "x > 0 ? x : alpha (e^x - 1)",
                     [Vox_ActivationParameter<"alpha", "1",
                          "minus the limit of the negative side">]> {
  let value = "select(T(0) < x, x, alpha * expm1(x))";
  let lower = "alpha > 0 ? -alpha : 0";
  let onnxOp = "Elu";
  let cost = 20;
  let use = "hidden layers whose outputs should have zero mean";
  let source = "Clevert et al. 2015";
}

def Vox_Celu
    : Vox_Activation<"Celu", "celu",
                     "max(x, 0) + min(0, alpha (e^(x / alpha) - 1))",
                     [Vox_ActivationParameter<"alpha", "1",
                          "minus the limit of the negative side",
                          "std::isfinite(value) && value > 0",
                          "a positive number">]> {
  let value = "select(T(0) < x, x, alpha * expm1(x / alpha))";
  let lower = "-alpha";
  let onnxOp = "Celu";
  let cost = 20;
  let use = "as elu, with a continuous derivative for every alpha";
  let source = "Barron 2017";
}

def Vox_Selu
    : Vox_Activation<"Selu", "selu",
                     "gamma (x > 0 ? x : alpha (e^x - 1))",
                     [Vox_ActivationParameter<"alpha",
                          "1.67326319217681884765625",
                          "minus the limit of the negative side, over gamma">,
                      Vox_ActivationParameter<"gamma",
                          "1.05070102214813232421875",
                          "slope of the positive side">]> {
  let value = "select(T(0) < x, gamma * x, (gamma * alpha) * expm1(x))";
  let lower = "gamma > 0 ? alpha > 0 ? -(gamma * alpha) : 0 : -kInfinity";
  let upper = "gamma > 0 ? kInfinity : std::max(0.0, -(gamma * alpha))";
  let onnxOp = "Selu";
  let cost = 20;
  let use = "self-normalising dense networks, without batch norm";
  let source = "Klambauer et al. 2017";
}

def Vox_Sigmoid : Vox_Activation<"Sigmoid", "sigmoid", "1 / (1 + e^-x)"> {
  let value = "sigmoid(x)";
  let lower = "0";
  let upper = "1";
  let onnxOp = "Sigmoid";
  let cost = 18;
  let use = "binary outputs, gates";
}

def Vox_Tanh
    : Vox_Activation<"Tanh", "tanh", "(e^x - e^-x) / (e^x + e^-x)"> {
  let value = "tanh(x)";
  let lower = "-1";
  let upper = "1";
  let onnxOp = "Tanh";
  let cost = 22;
  let use = "states of recurrent cells, outputs of GAN generators";
}

def Vox_Softplus : Vox_Activation<"Softplus", "softplus", "log(1 + e^x)"> {
  let value = "softplus(x)";
  let lower = "0";
  let onnxOp = "Softplus";
  let cost = 30;
  let use = "outputs that must be positive, such as a variance";
  let source = "Dugas et al. 2001";
}

def Vox_Softsign : Vox_Activation<"Softsign", "softsign", "x / (1 + |x|)"> {
  let value = "select(abs(x) == T(kInfinity), copySign(T(1), x), "
              "x / (T(1) + abs(x)))";
  let lower = "-1";
  let upper = "1";
  let onnxOp = "Softsign";
  let cost = 6;
  let use = "as tanh, with slower saturation";
  let source = "Bergstra et al. 2009";
}

def Vox_Swish
    : Vox_Activation<"Swish", "swish", "x / (1 + e^(-beta x))",
                     [Vox_ActivationParameter<"beta", "1",
                          "steepness of the gate", "std::isfinite(value)",
                          "a real number", "alpha">]> {
  let description = [{
    With `beta` 1 also called SiLU.
  }];
  let value = "swish(x, beta)";
  // x sigmoid(x) is least where e^-x = x - 1.
  let lower = "beta > 0 ? -0.27846454276107402 / beta : -kInfinity";
  let upper = "beta < 0 ? -0.27846454276107402 / beta : kInfinity";
  let onnxOp = "Swish";
  let cost = 20;
  let use = "EfficientNet and its like";
  let source = "Ramachandran et al. 2017; Elfwing et al. 2018";
}

def Vox_LearnedSwish
    : Vox_Activation<"LearnedSwish", "learned_swish",
                     "x / (1 + e^(-parameter x))"> {
  let description = [{
    The steepness of the gate is learned: the op's `parameter` operand.
  }];
  let value = "swish(x, parameter)";
  let learned = 1;
  let initial = "1";
  let cost = 25;
  let use = "swish with a steepness per channel";
  let source = "Ramachandran et al. 2017";
}

def Vox_Mish : Vox_Activation<"Mish", "mish", "x tanh(log(1 + e^x))"> {
  let value = "mish(x)";
  let lower = "-0.30884341301725042";
  let onnxOp = "Mish";
  let cost = 27;
  let use = "detectors such as YOLOv4";
  let source = "Misra 2019";
}

def Vox_Gelu : Vox_Activation<"Gelu", "gelu", "x Phi(x)"> {
  let description = [{
    Phi is the normal distribution's cumulative distribution function:
    `x (1 + erf(x / sqrt(2))) / 2`.
  }];
  let value = "gelu(x)";
  let lower = "-0.16997120747990369";
  let onnxOp = "Gelu";
  let onnxMode = "none";
  let cost = 38;
  let use = "feed-forward layers of transformers";
  let source = "Hendrycks and Gimpel 2016";
}

def Vox_GeluTanh
    : Vox_Activation<"GeluTanh", "gelu_tanh",
                     "x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))"> {
  let description = [{
    Differs from `#vox.gelu` by up to 4.7e-4.
  }];
  let value = "geluTanh(x)";
  let lower = "-0.17004075057125412";
  let onnxOp = "Gelu";
  let onnxMode = "tanh";
  let cost = 34;
  let use = "as gelu, for networks that were trained with it";
  let source = "Hendrycks and Gimpel 2016";
}

#endif // VOX_ACTIVATIONS_TD
