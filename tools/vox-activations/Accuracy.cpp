//===- Accuracy.cpp - What was measured, as text and as JSON --------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Accuracy.h"

#include "vox/Execution/Tensor.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace vox;
using namespace vox::activations;

static std::string printf(const char *format, double value) {
  // A NaN's sign says nothing.
  return std::isnan(value) ? "nan"
                           : formatv("{0}", llvm::format(format, value)).str();
}

std::string vox::activations::formatFloat(double value) {
  return printf("%.9g", value);
}

std::string vox::activations::formatError(double value) {
  return printf("%.3g", value);
}

AccuracyRecord vox::activations::makeRecord(ActivationAttr function,
                                            const Accuracy &accuracy) {
  const Errors &errors = accuracy.errors;
  AccuracyRecord record;
  record.activation = formatActivation(function);
  record.maxUlp = accuracy.worstByMulti.error;
  record.at = accuracy.worstByMulti.input;
  double normal = std::max<uint64_t>(errors.normal, 1);
  record.meanUlp = errors.sum / normal;
  record.correct = errors.normal ? errors.correct / normal : 1;
  record.subnormalError = errors.worstSubnormal.error;
  record.seconds = accuracy.seconds;
  return record;
}

bool vox::activations::isWithin(const Accuracy &accuracy, double limit) {
  const Errors &errors = accuracy.errors;
  return errors.worst.error <= limit && accuracy.worstByMulti.error <= limit &&
         errors.worstSubnormal.error <= kLeastNormal && errors.wrongNaNs == 0;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// 4278190080 as 4,278,190,080.
static std::string formatCount(uint64_t count) {
  std::string text = std::to_string(count);
  for (int i = int(text.size()) - 3; i > 0; i -= 3)
    text.insert(i, ",");
  return text;
}

static void printCase(raw_ostream &os, const Case &found) {
  os << formatv(" at x = {0} ({1:x8}): got {2}, expected {3}\n",
                formatFloat(found.input), bit_cast<uint32_t>(found.input),
                formatFloat(found.got), formatFloat(found.expected));
}

void vox::activations::printAccuracy(raw_ostream &os, ActivationAttr function,
                                     const Accuracy &accuracy,
                                     const ExhaustiveOptions &options) {
  const Errors &errors = accuracy.errors;
  AccuracyRecord record = makeRecord(function, accuracy);
  os << record.activation << ": " << function.getKind().formula;
  if (function.takesParameter())
    os << ", parameter = " << formatFloat(getExampleParameter(function));
  os << "\ninputs:     " << formatCount(errors.inputs)
     << (options.step == 1 ? std::string(", every float")
                           : formatv(", one of {0} floats", options.step).str())
     << formatv(", in {0:f1} s, target {1}\n", accuracy.seconds,
                options.compile.target);

  os << "normal:     " << formatCount(errors.normal)
     << formatv(" results, {0}% correctly rounded\n",
                printf("%.4f", 100 * record.correct));
  os << "  maximum:  " << formatError(errors.worst.error) << " ulp";
  if (errors.worst.error > 0)
    printCase(os, errors.worst);
  else
    os << '\n';
  os << "  mean:     " << formatError(record.meanUlp) << " ulp\n";
  if (!errors.kept().empty()) {
    os << "  by MPFR:  " << formatError(accuracy.worstByMulti.error) << " ulp";
    printCase(os, accuracy.worstByMulti);
    os << formatv("            over the {0} worst, where float64 is off by up "
                  "to {1} ulp\n",
                  errors.kept().size(), formatError(accuracy.referenceError));
  }

  os << "subnormal:  " << formatCount(errors.subnormal) << " results\n";
  os << "  maximum:  " << formatError(errors.worstSubnormal.error);
  if (errors.worstSubnormal.error > 0)
    printCase(os, errors.worstSubnormal);
  else
    os << '\n';

  os << "special:    x               got             expected\n";
  for (const Case &special : accuracy.specials)
    os << formatv("            {0,-16}{1,-16}{2}\n", formatFloat(special.input),
                  formatFloat(special.got), formatFloat(special.expected));
  if (errors.wrongNaNs) {
    os << formatv("wrong NaN:  {0} results,", formatCount(errors.wrongNaNs));
    printCase(os, errors.wrongNaN);
  }
}

void vox::activations::printTableHead(raw_ostream &os) {
  os << "activation              max ulp  at x             mean ulp  correct  "
        "subnormal  seconds\n";
}

void vox::activations::printTableRow(raw_ostream &os,
                                     const AccuracyRecord &record) {
  os << formatv("{0,-22}  {1,7}  {2,-15}  {3,8}  {4,6}%  {5,9}  {6,7:f1}\n",
                record.activation, formatError(record.maxUlp),
                record.maxUlp > 0 ? formatFloat(record.at) : "",
                formatError(record.meanUlp),
                printf("%.2f", 100 * record.correct),
                formatError(record.subnormalError), record.seconds);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no infinities.
static json::Value toJSON(double value) {
  if (std::isfinite(value))
    return value;
  return formatFloat(value);
}

static bool fromJSON(const json::Object &object, StringRef key, double &value) {
  if (std::optional<double> number = object.getNumber(key)) {
    value = *number;
    return true;
  }
  std::optional<StringRef> text = object.getString(key);
  return text && !text->getAsDouble(value);
}

Error vox::activations::writeAccuracy(StringRef path,
                                      const AccuracyFile &file) {
  return execution::writeFile(path, [&](raw_ostream &os) {
    json::OStream json(os, /*IndentSize=*/2);
    json.object([&] {
      json.attribute("target", file.target);
      json.attribute("step", int64_t(file.step));
      json.attributeArray("activations", [&] {
        for (const AccuracyRecord &record : file.records)
          json.object([&] {
            json.attribute("activation", record.activation);
            json.attribute("max_ulp", toJSON(record.maxUlp));
            json.attribute("at", toJSON(record.at));
            json.attribute("mean_ulp", toJSON(record.meanUlp));
            json.attribute("correctly_rounded", toJSON(record.correct));
            json.attribute("subnormal_error", toJSON(record.subnormalError));
            json.attribute("seconds", toJSON(record.seconds));
          });
      });
    });
    os << '\n';
  });
}

static bool readRecord(const json::Value &value, AccuracyRecord &record) {
  const json::Object *object = value.getAsObject();
  if (!object)
    return false;
  std::optional<StringRef> name = object->getString("activation");
  double at;
  if (!name || !fromJSON(*object, "max_ulp", record.maxUlp) ||
      !fromJSON(*object, "at", at) ||
      !fromJSON(*object, "mean_ulp", record.meanUlp) ||
      !fromJSON(*object, "correctly_rounded", record.correct) ||
      !fromJSON(*object, "subnormal_error", record.subnormalError) ||
      !fromJSON(*object, "seconds", record.seconds))
    return false;
  record.activation = name->str();
  record.at = static_cast<float>(at);
  return true;
}

Expected<AccuracyFile> vox::activations::readAccuracy(StringRef path) {
  auto refuse = [&](const Twine &message) {
    return createStringError(path + ": error: " + message);
  };
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return refuse("can't be read: " + buffer.getError().message());
  Expected<json::Value> value = json::parse((*buffer)->getBuffer());
  if (!value)
    return refuse("is no JSON: " + toString(value.takeError()));
  AccuracyFile file;
  const json::Object *object = value->getAsObject();
  const json::Array *records =
      object ? object->getArray("activations") : nullptr;
  std::optional<StringRef> target;
  std::optional<int64_t> step;
  if (records) {
    target = object->getString("target");
    step = object->getInteger("step");
  }
  if (!records || !target || !step)
    return refuse("has no target, step or activations; expected a file of "
                  "vox-activations --exhaustive --json");
  file.target = target->str();
  file.step = *step;
  for (const json::Value &entry : *records)
    if (!readRecord(entry, file.records.emplace_back()))
      return refuse("has an activation without its figures; expected a file of "
                    "vox-activations --exhaustive --json");
  return file;
}
