//===- OpenShapes.cpp - Inputs whose extents stay open --------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Import computes with numbers: arithmetic on shapes that an exporter has
// written ends in constants, attributes and types. So the model is imported at
// its greatest shapes, and again at others to see what became of the numbers. A
// network that differs in more than extents, or whose extents are not those
// that follow by the ops' rules, can't be compiled once for all of them.
//
//===----------------------------------------------------------------------===//

#include "OpenShapes.h"

#include "InputShapes.h"
#include "Tensors.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/OpenExtents.h"
#include "vox/Dialect/Vox/IR/Shapes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Sizes looked at for one that fits a network: strides of 2 in ten layers ask
/// for multiples of 1024.
static constexpr int64_t kSearched = 2048;

namespace {

/// What the options say of one size.
struct Size {
  int64_t least, greatest;
  std::string input; // the first that has it
};

class OpenImporter {
public:
  OpenImporter(const onnx::ModelProto &model, const ImportOptions &options,
               Report &report, FixedImport import)
      : model(model), options(options), report(report), import(import) {}

  OwningOpRef<ModuleOp> run();

private:
  bool readInput(const onnx::ValueInfoProto &input);
  bool readSizes();
  AffineExpr getExtent(const onnx::ValueInfoProto &input, unsigned dim,
                       int64_t least, int64_t greatest);
  /// The options of an import at `values` of the sizes.
  ImportOptions fixAt(ArrayRef<int64_t> values) const;
  std::string describe(ArrayRef<int64_t> values) const;
  /// What is looked at besides the greatest sizes.
  SmallVector<Shape> chooseSamples(const OpenExtents &extents) const;
  bool compareAt(func::FuncOp network, const OpenExtents &extents,
                 const Shape &values);
  bool compare(Operation &op, Operation &other, const OpenExtents &extents,
               const Shape &values);

  const onnx::ModelProto &model;
  const ImportOptions &options;
  Report &report;
  FixedImport import;
  SmallVector<Size> sizes;
  llvm::StringMap<unsigned> named; // sizes by dim_param
  /// By input, in the model's order; extents of others are fixed.
  llvm::StringMap<SmallVector<AffineExpr>> extents;
};

} // namespace

/// The extent of one dimension: a number, or a size that all dimensions of that
/// name share. Null after an error.
AffineExpr OpenImporter::getExtent(const onnx::ValueInfoProto &input,
                                   unsigned dim, int64_t least,
                                   int64_t greatest) {
  auto error = [&](const Twine &message) {
    report.error(report.locate(input.name()),
                 "input " + quote(input.name()) + " " + message);
    return AffineExpr();
  };
  constexpr int64_t kMost = std::numeric_limits<int32_t>::max();
  if (least < 1 || greatest > kMost)
    return error("is given extent " + Twine(least < 1 ? least : greatest) +
                 (least < 1 ? " by --minShapes" : " by --maxShapes") +
                 "; expected 1 to 2^31 - 1");
  if (least > greatest)
    return error("has extent " + Twine(dim) + " from " + Twine(least) +
                 " by --minShapes to " + Twine(greatest) +
                 " by --maxShapes; expected the less first");
  MLIRContext *context = &report.getContext();
  const onnx::TypeProto_Tensor &type = input.type().tensor_type();
  std::string name;
  if (type.has_shape()) {
    const auto &declared = type.shape().dim(dim);
    if (declared.has_dim_value() &&
        (declared.dim_value() != least || declared.dim_value() != greatest))
      return error("is given " + Twine(least) + " to " + Twine(greatest) +
                   " for dimension " + Twine(dim) + "; the model fixes it to " +
                   Twine(declared.dim_value()));
    name = declared.dim_param();
  }
  if (least == greatest)
    return getAffineConstantExpr(greatest, context);
  unsigned number = sizes.size();
  if (!name.empty()) {
    auto [known, isNew] = named.try_emplace(name, number);
    number = known->second;
    if (!isNew &&
        (sizes[number].least != least || sizes[number].greatest != greatest))
      return error(
          "is given " + Twine(least) + " to " + Twine(greatest) + " for " +
          quote(name) + "; input " + quote(sizes[number].input) + " has " +
          Twine(sizes[number].least) + " to " + Twine(sizes[number].greatest));
  }
  if (number == sizes.size())
    sizes.push_back({least, greatest, input.name()});
  return getAffineSymbolExpr(number, context);
}

bool OpenImporter::readInput(const onnx::ValueInfoProto &input) {
  auto least = options.minShapes.find(input.name());
  auto greatest = options.maxShapes.find(input.name());
  auto error = [&](const Twine &message) {
    report.error(report.locate(input.name()),
                 "input " + quote(input.name()) + " " + message);
    return false;
  };
  bool hasLeast = least != options.minShapes.end();
  if (hasLeast != (greatest != options.maxShapes.end()))
    return error(Twine("has a shape in ") +
                 (hasLeast ? "--minShapes" : "--maxShapes") +
                 " alone; expected one in " +
                 (hasLeast ? "--maxShapes" : "--minShapes") + " too");
  if (!hasLeast)
    return true;
  if (options.shapes.contains(input.name()))
    return error("has a shape in --shapes and in --minShapes; expected one "
                 "of them");
  if (least->second.size() != greatest->second.size())
    return error("has rank " + Twine(least->second.size()) +
                 " by --minShapes and " + Twine(greatest->second.size()) +
                 " by --maxShapes");
  const onnx::TypeProto_Tensor &type = input.type().tensor_type();
  if (type.has_shape() && type.shape().dim_size() != int(least->second.size()))
    return error("is given rank " + Twine(least->second.size()) +
                 " by --minShapes; the model declares " +
                 Twine(type.shape().dim_size()));
  SmallVector<AffineExpr> &known = extents[input.name()];
  for (auto [dim, extent] : llvm::enumerate(least->second)) {
    known.push_back(getExtent(input, dim, extent, greatest->second[dim]));
    if (!known.back())
      return false;
  }
  return true;
}

bool OpenImporter::readSizes() {
  llvm::StringSet<> constants = getConstantInitializers(model);
  llvm::StringSet<> inputs;
  bool isValid = true;
  for (const onnx::ValueInfoProto &input : model.graph().input())
    if (!constants.contains(input.name())) {
      inputs.insert(input.name());
      isValid &= readInput(input);
    }
  for (const auto *shapes : {&options.minShapes, &options.maxShapes})
    for (const auto &entry : *shapes)
      if (!inputs.contains(entry.getKey())) {
        report.error(Twine(shapes == &options.minShapes ? "--minShapes"
                                                        : "--maxShapes") +
                     " names " + quote(entry.getKey()) +
                     ", which is not an input of the model");
        isValid = false;
      }
  return isValid;
}

ImportOptions OpenImporter::fixAt(ArrayRef<int64_t> values) const {
  ImportOptions fixed = options;
  fixed.minShapes.clear();
  fixed.maxShapes.clear();
  for (const auto &input : extents) {
    SmallVector<int64_t> &shape = fixed.shapes[input.getKey()];
    for (AffineExpr extent : input.second)
      shape.push_back(evaluate(extent, values));
  }
  return fixed;
}

/// "x:1x1x32x32,y:1x3", as --shapes has it.
std::string OpenImporter::describe(ArrayRef<int64_t> values) const {
  ImportOptions fixed = fixAt(values);
  SmallVector<std::string> inputs;
  for (const auto &input : extents)
    inputs.push_back(quote(input.getKey()) + ":" +
                     formatShape(fixed.shapes[input.getKey()]));
  llvm::sort(inputs);
  return llvm::join(inputs, ",");
}

/// Whether a network can run at these sizes.
static bool fits(const OpenExtents &extents, ArrayRef<int64_t> values) {
  return llvm::all_of(extents.getEqualities(), [&](const auto &equality) {
    return evaluate(equality.lhs, values) == evaluate(equality.rhs, values);
  });
}

SmallVector<Shape>
OpenImporter::chooseSamples(const OpenExtents &extents) const {
  Shape least, greatest;
  for (const Size &size : sizes) {
    least.push_back(size.least);
    greatest.push_back(size.greatest);
  }
  SmallVector<Shape> samples;
  auto add = [&](const Shape &values) {
    if (values != greatest && !llvm::is_contained(samples, values))
      samples.push_back(values);
  };
  add(least);
  // The next that fits, upwards from the least and downwards from the greatest:
  // of one size, and of all together, for some must be equal.
  auto search = [&](Shape values, int64_t step, ArrayRef<unsigned> moved) {
    for (int64_t i = 0; i < kSearched; ++i) {
      for (unsigned number : moved) {
        values[number] += step;
        if (values[number] <= least[number] ||
            values[number] >= greatest[number])
          return;
      }
      if (fits(extents, values)) {
        add(values);
        return;
      }
    }
  };
  SmallVector<unsigned> all;
  for (unsigned i = 0; i < sizes.size(); ++i)
    all.push_back(i);
  for (unsigned i : all) {
    search(greatest, -1, i);
    search(least, 1, i);
    Shape one = greatest;
    one[i] = least[i];
    if (fits(extents, one))
      add(one);
  }
  search(greatest, -1, all);
  search(least, 1, all);
  return samples;
}

/// An error that names the op's node.
static void reportAt(Operation &op, const Twine &message, const Twine &hint) {
  op.emitOpError(message).attachNote() << "hint: " << hint;
}

static std::string format(Attribute attribute) {
  std::string text;
  llvm::raw_string_ostream(text) << attribute;
  return text.size() > 80 ? text.substr(0, 77) + "..." : text;
}

static bool areEqual(Attribute value, Attribute other) {
  auto elements = dyn_cast_or_null<ElementsAttr>(value);
  auto others = dyn_cast_or_null<ElementsAttr>(other);
  if (value == other || !elements || !others)
    return value == other;
  std::vector<char> storage, otherStorage;
  return viewConstantBytes(elements, storage) ==
         viewConstantBytes(others, otherStorage);
}

/// Whether `other` is `op` at other sizes.
bool OpenImporter::compare(Operation &op, Operation &other,
                           const OpenExtents &extents, const Shape &values) {
  auto error = [&](const Twine &message) {
    reportAt(op, message, "the network is another one at " + describe(values));
    return false;
  };
  if (op.getName() != other.getName() ||
      op.getNumOperands() != other.getNumOperands())
    return error("what it computes depends on open extents, which is not "
                 "supported");
  for (auto [result, otherResult] :
       llvm::zip(op.getResults(), other.getResults())) {
    auto type = dyn_cast<RankedTensorType>(otherResult.getType());
    Shape expected;
    for (AffineExpr extent : extents.get(result))
      expected.push_back(evaluate(extent, values));
    if (!type || type.getShape() != ShapeRef(expected))
      return error("its result's extents depend on open extents in a way that "
                   "is not supported");
  }
  for (NamedAttribute attribute : op.getAttrs())
    if (!areEqual(attribute.getValue(), other.getAttr(attribute.getName())))
      return error("its " + attribute.getName().strref() +
                   " depends on open extents, which is not supported: " +
                   format(attribute.getValue()));
  return true;
}

bool OpenImporter::compareAt(func::FuncOp network, const OpenExtents &extents,
                             const Shape &values) {
  unsigned before = report.numErrors();
  OwningOpRef<ModuleOp> module = import(fixAt(values));
  if (!module) {
    if (report.numErrors() != before)
      report.error("that is so at " + describe(values) +
                   ", between --minShapes and --maxShapes");
    return false;
  }
  auto other = *module->getOps<func::FuncOp>().begin();
  Block &ops = network.front(), &others = other.front();
  llvm::DenseMap<Value, Value> twins;
  for (auto [value, twin] :
       llvm::zip(ops.getArguments(), others.getArguments()))
    twins[twin] = value;
  auto next = others.begin();
  for (Operation &op : ops) {
    if (next == others.end() || !compare(op, *next, extents, values))
      return false;
    // The operands are the same ones.
    for (auto [operand, twin] :
         llvm::zip(op.getOperands(), next->getOperands()))
      if (twins.lookup(twin) != operand) {
        reportAt(op,
                 "what it reads depends on open extents, which is not "
                 "supported",
                 "the network is another one at " + describe(values));
        return false;
      }
    for (auto [result, twin] : llvm::zip(op.getResults(), next->getResults()))
      twins[twin] = result;
    ++next;
  }
  return true;
}

OwningOpRef<ModuleOp> OpenImporter::run() {
  if (!readSizes())
    return nullptr;
  Shape least, greatest;
  for (const Size &size : sizes) {
    least.push_back(size.least);
    greatest.push_back(size.greatest);
  }
  OwningOpRef<ModuleOp> module = import(fixAt(greatest));
  if (!module || sizes.empty())
    return module;
  auto network = *module->getOps<func::FuncOp>().begin();
  MLIRContext *context = &report.getContext();
  SmallVector<AffineMap> maps;
  for (auto [i, argument] : llvm::enumerate(network.getArguments())) {
    auto known = extents.find(getInputName(network, i));
    SmallVector<AffineExpr> results;
    if (known != extents.end())
      results = known->second;
    else
      for (int64_t extent :
           cast<RankedTensorType>(argument.getType()).getShape())
        results.push_back(getAffineConstantExpr(extent, context));
    maps.push_back(AffineMap::get(0, sizes.size(), results, context));
  }
  network->setAttr(kOpen, OpenSizesAttr::get(context, least, greatest, maps));

  FailureOr<OpenExtents> followed = OpenExtents::ofNetwork(network);
  if (failed(followed))
    return nullptr;
  for (const Shape &values : chooseSamples(*followed))
    if (!compareAt(network, *followed, values))
      return nullptr;
  for (const OpenExtents::Equality &equality : followed->getEqualities())
    if (evaluate(equality.lhs, least) != evaluate(equality.rhs, least)) {
      reportAt(*equality.op,
               "extents " + Twine(evaluate(equality.lhs, least)) + " and " +
                   Twine(evaluate(equality.rhs, least)) +
                   " at the least shapes; expected equal ones",
               "the network does not take " + describe(least));
      return nullptr;
    }
  return module;
}

OwningOpRef<ModuleOp> vox::frontend::importOpen(const onnx::ModelProto &model,
                                                const ImportOptions &options,
                                                Report &report,
                                                FixedImport import) {
  return OpenImporter(model, options, report, import).run();
}
