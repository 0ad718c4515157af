//===- ActivationKind.cpp - The table of activations ----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "vox/Dialect/Vox/IR/Vox.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace vox;

template <typename... Attributes>
static std::vector<const ActivationKind *> collectKinds() {
  return {&Attributes::kind()...};
}

ArrayRef<const ActivationKind *> vox::activationKinds() {
  static const std::vector<const ActivationKind *> kinds = collectKinds<
#define GET_ATTRDEF_LIST
#include "vox/Dialect/Vox/IR/Activations.inc"
      >();
  return kinds;
}

const ActivationKind *vox::lookupActivation(StringRef name) {
  for (const ActivationKind *kind : activationKinds())
    if (kind->name == name)
      return kind;
  return nullptr;
}

/// The shortest decimal that reads back as `value`.
static std::string formatReal(double value) {
  for (int digits = 1; digits < 17; ++digits) {
    std::string text =
        llvm::formatv("{0}", llvm::format("%.*g", digits, value));
    double read;
    if (!StringRef(text).getAsDouble(read) && read == value)
      return text;
  }
  return llvm::formatv("{0}", llvm::format("%.17g", value));
}

std::optional<std::string> vox::checkParameters(const ActivationKind &kind,
                                                ArrayRef<double> values) {
  for (auto [parameter, value] : llvm::zip_equal(kind.parameters, values))
    if (!parameter.accepts(value))
      return (parameter.name + " is " + formatReal(value) + "; expected " +
              parameter.expected)
          .str();
  return std::nullopt;
}

LogicalResult
vox::verifyParameters(function_ref<InFlightDiagnostic()> emitError,
                      const ActivationKind &kind, ArrayRef<double> values) {
  if (auto message = checkParameters(kind, values))
    return emitError() << *message;
  return success();
}

//===----------------------------------------------------------------------===//
// As text
//===----------------------------------------------------------------------===//

static ActivationAttr getRelu6(MLIRContext *context) {
  return ClipAttr::get(context, APFloat(0.0), APFloat(6.0));
}

namespace {
/// Another name of an activation with particular parameters.
struct Alias {
  StringLiteral name;
  ActivationAttr (*get)(MLIRContext *context);
};
} // namespace

static constexpr Alias kRelu6{"relu6", getRelu6};
static constexpr Alias kAliases[] = {
    kRelu6,
    {"silu",
     [](MLIRContext *context) {
       return ActivationAttr(SwishAttr::get(context, APFloat(1.0)));
     }},
    {"linear", [](MLIRContext *context) {
       return ActivationAttr(IdentityAttr::get(context));
     }}};

SmallVector<StringRef> vox::activationNames() {
  SmallVector<StringRef> names;
  for (const ActivationKind *kind : activationKinds())
    names.push_back(kind->name);
  for (const Alias &alias : kAliases)
    names.push_back(alias.name);
  return names;
}

bool vox::isWordChar(char c) {
  return llvm::isAlnum(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80);
}

std::string vox::formatActivation(ActivationAttr function) {
  if (function == kRelu6.get(function.getContext()))
    return kRelu6.name.str();
  const ActivationKind &kind = function.getKind();
  SmallVector<double, 2> values = function.getParameterValues();
  // Positional, up to the last one that is not as it would be anyway, which in
  // a model is a float32.
  size_t shown = values.size();
  while (shown > 0 && float(values[shown - 1]) ==
                          float(kind.parameters[shown - 1].defaultValue))
    --shown;
  if (shown == 0)
    return kind.name.str();
  std::string text = kind.name.str() + "(";
  for (size_t i = 0; i < shown; ++i)
    // Attributes of ONNX are float32: 0.2f should not read 0.200000003.
    text += (i ? ", " : "") +
            (double(float(values[i])) == values[i]
                 ? llvm::formatv("{0}", llvm::format("%.7g", values[i])).str()
                 : formatReal(values[i]));
  return text + ")";
}

namespace {
/// Reads one activation from the front of a text.
class ActivationParser {
public:
  ActivationParser(StringRef text, MLIRContext *context)
      : text(text), rest(text), context(context) {}

  llvm::Expected<ActivationAttr> parse();
  size_t position() const { return text.size() - rest.size(); }

private:
  llvm::Error error(const Twine &message) {
    return llvm::createStringError(message);
  }
  llvm::Error refuseParameters(const Alias &alias, const ActivationKind &kind);
  llvm::Error parseParameters(const ActivationKind &kind,
                              SmallVectorImpl<double> &values);
  llvm::Error parseParameter(const ActivationKind &kind, size_t next,
                             SmallVectorImpl<double> &values);
  StringRef takeWord() {
    rest = rest.ltrim();
    StringRef word = rest.take_while(isWordChar);
    rest = rest.drop_front(word.size());
    return word;
  }

  StringRef text, rest;
  MLIRContext *context;
};
} // namespace

llvm::Error ActivationParser::parseParameter(const ActivationKind &kind,
                                             size_t next,
                                             SmallVectorImpl<double> &values) {
  rest = rest.ltrim();
  StringRef start = rest;
  size_t index = next;
  StringRef name = takeWord();
  if (rest.ltrim().consume_front(":")) {
    rest = rest.ltrim().drop_front();
    const auto *found = llvm::find_if(
        kind.parameters, [&](const auto &p) { return p.name == name; });
    if (found == kind.parameters.end()) {
      rest = start;
      return error("unknown parameter '" + name + "' of " + kind.name +
                   "; expected " +
                   llvm::join(llvm::map_range(kind.parameters,
                                              [](auto &p) { return p.name; }),
                              " or "));
    }
    index = found - kind.parameters.begin();
    rest = rest.ltrim();
    start = rest;
  } else {
    rest = start;
  }
  if (index >= kind.parameters.size())
    return error("too many parameters of " + kind.name + "; expected " +
                 Twine(kind.parameters.size()));
  StringRef number =
      rest.take_while([](char c) { return c != ',' && c != ')'; });
  if (number.rtrim().getAsDouble(values[index]))
    return error("'" + number.rtrim() + "' is no number; expected " +
                 kind.parameters[index].expected);
  if (!kind.parameters[index].accepts(values[index]))
    return error(*checkParameters(kind, values));
  rest = rest.drop_front(number.size());
  return llvm::Error::success();
}

llvm::Error ActivationParser::parseParameters(const ActivationKind &kind,
                                              SmallVectorImpl<double> &values) {
  rest = rest.drop_front(); // "("
  for (size_t next = 0;; ++next) {
    if (llvm::Error failed = parseParameter(kind, next, values))
      return failed;
    if (rest.consume_front(")"))
      return llvm::Error::success();
    if (!rest.consume_front(","))
      return error("expected ',' or ')'");
  }
}

/// "'relu6' takes no parameters; expected relu6 or clip(MIN, MAX)".
llvm::Error ActivationParser::refuseParameters(const Alias &alias,
                                               const ActivationKind &kind) {
  std::string message =
      ("'" + alias.name + "' takes no parameters; expected " + alias.name)
          .str();
  if (!kind.parameters.empty()) {
    auto names = llvm::map_range(kind.parameters,
                                 [](const auto &p) { return p.name.upper(); });
    message += (" or " + kind.name + "(" + llvm::join(names, ", ") + ")").str();
  }
  return error(message);
}

llvm::Expected<ActivationAttr> ActivationParser::parse() {
  rest = rest.ltrim();
  StringRef start = rest;
  StringRef name = takeWord();
  bool hasParameters = rest.ltrim().starts_with("(");
  for (const Alias &alias : kAliases) {
    if (name != alias.name)
      continue;
    ActivationAttr function = alias.get(context);
    if (!hasParameters)
      return function;
    rest = rest.ltrim();
    return refuseParameters(alias, function.getKind());
  }
  const ActivationKind *kind = lookupActivation(name);
  if (!kind) {
    rest = start;
    return error("unknown activation '" + name + "'; expected one of " +
                 llvm::join(activationNames(), ", "));
  }
  SmallVector<double> values;
  for (const ActivationParameter &parameter : kind->parameters)
    values.push_back(parameter.defaultValue);
  if (hasParameters) {
    rest = rest.ltrim();
    if (llvm::Error failed = parseParameters(*kind, values))
      return std::move(failed);
  }
  return kind->get(context, values);
}

llvm::Expected<ActivationAttr>
vox::parseActivation(StringRef text, MLIRContext *context, size_t *at) {
  ActivationParser parser(text, context);
  llvm::Expected<ActivationAttr> function = parser.parse();
  size_t position = parser.position();
  if (at)
    *at = position;
  if (!function)
    return function;
  if (!text.drop_front(position).trim().empty())
    return llvm::createStringError("'" + text.drop_front(position).trim() +
                                   "' follows the activation; expected "
                                   "nothing");
  return function;
}
