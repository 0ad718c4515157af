//===- ActivationPolicy.cpp - The language of --replace-activations -------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads policies; their grammar stands in ActivationPolicy.h.
//
//===----------------------------------------------------------------------===//

#include "ActivationRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Unicode.h"

#include <cmath>

using namespace mlir;
using namespace vox;

static constexpr Figure kFigures[] = {
    {"position", nullptr},
    {"dead_units", &LayerStatistics::deadUnits},
    {"zero_share", &LayerStatistics::zeroShare},
    {"saturated_share", &LayerStatistics::saturatedShare},
    {"mean", &LayerStatistics::mean},
    {"variance", &LayerStatistics::variance},
    {"least", &LayerStatistics::least},
    {"greatest", &LayerStatistics::greatest}};

static std::string listFigures() {
  return llvm::join(
      llvm::map_range(kFigures, [](const Figure &f) { return f.name; }), ", ");
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

llvm::Error vox::reportFault(StringRef policy, ArrayRef<size_t> faults,
                             const Twine &message, StringRef hint) {
  constexpr StringLiteral option = "--replace-activations: ";
  if (policy.trim().empty())
    return llvm::createStringError(option + message);
  std::string shown = policy.str();
  for (char &c : shown)
    if (!llvm::isPrint(c) && (static_cast<unsigned char>(c) & 0x80) == 0)
      c = ' ';
  std::string carets;
  for (size_t fault : faults) {
    // Where the fault is shown: behind wide letters that is another column.
    int width =
        llvm::sys::unicode::columnWidthUTF8(StringRef(shown).take_front(fault));
    size_t column = width < 0 ? fault : size_t(width);
    carets.resize(std::max(carets.size(), column + 1), ' ');
    carets[column] = '^';
  }
  return llvm::createStringError(
      option + message + "\n  " + shown + "\n  " + carets +
      (hint.empty() ? Twine("") : "\nhint: " + hint));
}

/// The known name that is most like `word`, if any is.
static StringRef findSimilar(StringRef word) {
  StringRef best;
  unsigned least = std::max<unsigned>(1, word.size() / 3) + 1;
  for (StringRef name : activationNames())
    if (unsigned distance = StringRef(word.lower()).edit_distance(name);
        distance < least) {
      least = distance;
      best = name;
    }
  return best;
}

//===----------------------------------------------------------------------===//
// The parser
//===----------------------------------------------------------------------===//

namespace {
class RuleParser {
public:
  RuleParser(StringRef policy, MLIRContext *context)
      : policy(policy), rest(policy), context(context) {}

  llvm::Expected<std::vector<Rule>> parse();

private:
  llvm::Error parseRule(Rule &rule);
  llvm::Error parseFrom(Rule &rule);
  llvm::Error parseTo(Rule &rule);
  llvm::Error parseInitial(Rule &rule, StringRef text);
  llvm::Error parseConditions(Rule &rule);
  llvm::Error parseCondition(Condition &condition);
  llvm::Error parseName(Condition &condition);
  llvm::Error parseRole(Condition &condition);
  llvm::Error parseFigure(Condition &condition, StringRef word);
  llvm::Error readActivation(StringRef text, ActivationAttr &function);

  void skipSpace() { rest = rest.ltrim(); }
  StringRef takeWord() {
    skipSpace();
    StringRef word = rest.take_while(isWordChar);
    rest = rest.drop_front(word.size());
    return word;
  }
  /// A name without quotes, or a number, up to a space or one of `stops`.
  StringRef takeValue(StringRef stops) {
    skipSpace();
    StringRef value = rest.take_until(
        [&](char c) { return llvm::isSpace(c) || stops.contains(c); });
    rest = rest.drop_front(value.size());
    return value;
  }
  bool consume(StringRef token) {
    skipSpace();
    return rest.consume_front(token);
  }
  StringRef takeActivation();

  /// Where a part of the policy begins.
  size_t offsetOf(StringRef part) { return part.data() - policy.data(); }
  llvm::Error error(StringRef part, const Twine &message, StringRef hint = "") {
    return reportFault(policy, {offsetOf(part.ltrim())}, message, hint);
  }

  StringRef policy, rest;
  MLIRContext *context;
};
} // namespace

/// An activation as it is written, unread: up to a sign that can't be in one.
StringRef RuleParser::takeActivation() {
  skipSpace();
  int depth = 0;
  StringRef text = rest.take_until([&](char c) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    return depth <= 0 && StringRef("[]=,").contains(c);
  });
  rest = rest.drop_front(text.size());
  return text.rtrim();
}

llvm::Error RuleParser::readActivation(StringRef text,
                                       ActivationAttr &function) {
  StringRef word = text.take_while(isWordChar);
  if (word.empty())
    return error(text, "expected an activation");
  if (word == "softmax" || word == "log_softmax")
    return error(text, "'" + word +
                           "' is no function of single elements; expected an "
                           "activation, such as relu");
  size_t at = 0;
  llvm::Expected<ActivationAttr> read = parseActivation(text, context, &at);
  if (!read) {
    std::string message = llvm::toString(read.takeError()), hint;
    if (StringRef similar = findSimilar(word);
        at == 0 && !similar.empty() && similar != word)
      hint = ("did you mean " + similar + "?").str();
    return error(text.drop_front(at), message, hint);
  }
  // As a model holds it. A parameter may be beyond float32's range.
  const ActivationKind &kind = read->getKind();
  SmallVector<double> values = llvm::map_to_vector(
      read->getParameterValues(), [](double v) { return double(float(v)); });
  if (auto message = checkParameters(kind, values))
    return error(text, "as a float32 " + *message);
  function = kind.get(context, values);
  return llvm::Error::success();
}

llvm::Error RuleParser::parseFrom(Rule &rule) {
  if (consume("*"))
    return llvm::Error::success();
  StringRef text = takeActivation();
  if (text.empty())
    return error(rest, "expected an activation or '*'");
  rule.fromKind = lookupActivation(text);
  if (rule.fromKind)
    return llvm::Error::success();
  if (llvm::Error failed = readActivation(text, rule.from))
    return failed;
  rule.fromKind = &rule.from.getKind();
  return llvm::Error::success();
}

/// "(0.25)", what a learned parameter begins as.
llvm::Error RuleParser::parseInitial(Rule &rule, StringRef text) {
  StringRef number = text.ltrim().drop_front().take_until(
      [](char c) { return c == ',' || c == ')'; });
  StringRef end = text.ltrim().drop_front(1 + number.size());
  if (number.trim().getAsDouble(rule.initial) ||
      !std::isfinite(float(rule.initial)))
    return error(number, "'" + number.trim() +
                             "' is no number; expected a real number, which "
                             "the parameter begins as");
  if (end != ")")
    return error(end, "expected ')' and nothing behind it");
  rule.initial = float(rule.initial);
  rule.givesInitial = true;
  return llvm::Error::success();
}

llvm::Error RuleParser::parseTo(Rule &rule) {
  StringRef text = takeActivation();
  if (text.empty())
    return error(rest, "expected an activation");
  StringRef name = text.take_until([](char c) { return c == '('; });
  const ActivationKind *kind = lookupActivation(name.rtrim());
  if (!kind || !kind->learned)
    return readActivation(text, rule.to);
  rule.to = kind->get(context, {});
  rule.initial = kind->initial;
  if (name.size() < text.size())
    return parseInitial(rule, text.drop_front(name.size()));
  return llvm::Error::success();
}

llvm::Error RuleParser::parseName(Condition &condition) {
  if (!consume("~"))
    return error(rest, "expected '~' after name");
  skipSpace();
  StringRef start = rest, pattern;
  if (rest.starts_with("\"") || rest.starts_with("'")) {
    size_t end = rest.find(rest.front(), 1);
    if (end == StringRef::npos)
      return error(rest, "the pattern's quote is never closed; expected " +
                             rest.take_front(1));
    pattern = rest.slice(1, end);
    rest = rest.drop_front(end + 1);
  } else {
    pattern = takeValue("]");
  }
  if (pattern.empty())
    return error(start, "expected a pattern, such as \"/block3/*\"");
  llvm::Expected<llvm::GlobPattern> glob = llvm::GlobPattern::create(pattern);
  if (!glob)
    return error(start, llvm::toString(glob.takeError()));
  condition.name = std::move(*glob);
  return llvm::Error::success();
}

llvm::Error RuleParser::parseRole(Condition &condition) {
  if (!consume("="))
    return error(rest, "expected '=' after role");
  StringRef word = takeWord();
  for (ActivationRole role :
       {ActivationRole::Hidden, ActivationRole::Output, ActivationRole::Gate})
    if (word == getName(role))
      condition.role = role;
  if (!condition.role)
    return error(word, "unknown role '" + word +
                           "'; expected hidden, output or gate");
  return llvm::Error::success();
}

llvm::Error RuleParser::parseFigure(Condition &condition, StringRef word) {
  if (word.empty())
    return error(rest, "expected a condition: name, role, " + listFigures());
  const auto *figure = llvm::find_if(
      kFigures, [&](const Figure &figure) { return figure.name == word; });
  if (figure == std::end(kFigures))
    return error(word, "unknown condition '" + word +
                           "'; expected name, role, " + listFigures());
  condition.figure = figure;
  if (!figure->measure && consume("=")) {
    word = takeWord();
    if (word != "shallow" && word != "deep")
      return error(word,
                   "unknown position '" + word + "'; expected shallow or deep");
    condition.greater = condition.orEqual = word == "deep";
    condition.limit = 0.5;
    return llvm::Error::success();
  }
  condition.greater = consume(">");
  if (!condition.greater && !consume("<"))
    return error(rest, "expected <, <=, > or >= after " + figure->name);
  condition.orEqual = rest.consume_front("=");
  StringRef number = takeValue("]=");
  if (number.getAsDouble(condition.limit) || std::isnan(condition.limit))
    return error(number,
                 "'" + number + "' is no number; expected a real number");
  return llvm::Error::success();
}

llvm::Error RuleParser::parseCondition(Condition &condition) {
  StringRef word = takeWord();
  condition.at = offsetOf(word);
  llvm::Error failed = word == "name"   ? parseName(condition)
                       : word == "role" ? parseRole(condition)
                                        : parseFigure(condition, word);
  if (!failed)
    condition.text = policy.slice(condition.at, offsetOf(rest)).rtrim().str();
  return failed;
}

llvm::Error RuleParser::parseConditions(Rule &rule) {
  StringRef start = rest;
  if (!consume("["))
    return llvm::Error::success();
  do {
    skipSpace();
    if (rest.empty())
      break;
    if (llvm::Error failed = parseCondition(rule.conditions.emplace_back()))
      return failed;
    if (consume("]"))
      return llvm::Error::success();
  } while (consume("and"));
  skipSpace();
  if (!rest.empty())
    return error(rest, "expected 'and' or ']'");
  return error(start, "'[' is never closed; expected ']'");
}

llvm::Error RuleParser::parseRule(Rule &rule) {
  skipSpace();
  rule.at = offsetOf(rest);
  if (llvm::Error failed = parseFrom(rule))
    return failed;
  if (llvm::Error failed = parseConditions(rule))
    return failed;
  if (!consume("="))
    return error(rest, "expected '=' and the activation to put there");
  if (llvm::Error failed = parseTo(rule))
    return failed;
  rule.text = policy.slice(rule.at, offsetOf(rest)).rtrim().str();
  return llvm::Error::success();
}

llvm::Expected<std::vector<Rule>> RuleParser::parse() {
  if (policy.trim().empty())
    return error(policy.take_front(0),
                 "the policy is empty; expected rules such as "
                 "relu=leaky_relu(0.01),swish=hard_swish");
  std::vector<Rule> rules;
  do {
    if (llvm::Error failed = parseRule(rules.emplace_back()))
      return std::move(failed);
  } while (consume(","));
  if (!rest.empty())
    return error(rest, "expected ',' and another rule, or the end");
  return rules;
}

llvm::Expected<std::vector<Rule>> vox::parseRules(StringRef policy,
                                                  MLIRContext *context) {
  return RuleParser(policy, context).parse();
}

llvm::Expected<bool> vox::needsStatistics(StringRef policy,
                                          MLIRContext *context) {
  llvm::Expected<std::vector<Rule>> rules = parseRules(policy, context);
  if (!rules)
    return rules.takeError();
  return llvm::any_of(*rules, [](const Rule &rule) {
    return llvm::any_of(rule.conditions, [](const Condition &condition) {
      return condition.needsStatistics();
    });
  });
}
