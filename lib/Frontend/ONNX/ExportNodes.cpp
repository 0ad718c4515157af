//===- ExportNodes.cpp - From vox ops to ONNX nodes -----------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The inverse of the importer's handlers: each op becomes the node, or the
// least number of nodes, that would be imported as that op again.
//
//===----------------------------------------------------------------------===//

#include "ExportNodes.h"
#include "Weights.h"
#include "vox/Dialect/Vox/IR/Constants.h"
#include "vox/Dialect/Vox/IR/ElementTypes.h"
#include "vox/Dialect/Vox/IR/Layout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

std::string vox::frontend::nameFor(Operation *op, StringRef role) {
  StringRef source = getSourceName(op);
  if (source.empty())
    source = op->getName().stripDialect();
  return (source + "_" + role).str();
}

std::string vox::frontend::capitalize(StringRef name) {
  return llvm::convertToCamelFromSnakeCase(name, /*capitalizeFirst=*/true);
}

SmallVector<std::string> vox::frontend::getNames(Operation *op,
                                                 GraphWriter &writer) {
  return llvm::map_to_vector(
      op->getOperands(), [&](Value value) { return writer.getName(value); });
}

onnx::NodeProto &vox::frontend::exportAs(StringRef type, Operation *op,
                                         GraphWriter &writer) {
  return writer.addNode(op, type, getNames(op, writer));
}

//===----------------------------------------------------------------------===//
// Convolutions and dense layers
//===----------------------------------------------------------------------===//

static LogicalResult exportConv(ConvOp op, GraphWriter &writer) {
  onnx::NodeProto &node = exportAs("Conv", op, writer);
  setWindow(node, op, typeOf(op.getWeights()).getShape().drop_front(2));
  setInt(node, "group", op.getGroups());
  return success();
}

/// Weights `[groups first, second, kernel...]` of `op` with the inner two
/// exchanged: at once where they are constant, by nodes elsewhere.
static std::string exchange(Operation *op, Value weights, int64_t groups,
                            GraphWriter &writer) {
  std::string &name = writer.exchanged[{weights, groups}];
  if (!name.empty())
    return name;
  ShapeRef shape = typeOf(weights).getShape(), kernel = shape.drop_front(2);
  int64_t first = shape[0] / groups, second = shape[1];
  Shape exchanged{groups * second, first};
  exchanged.append(kernel.begin(), kernel.end());
  if (auto values = getConstantValues(weights)) {
    StringRef source = getSourceName(weights.getDefiningOp());
    return name = writer.addFloats(
               source.empty() ? nameFor(op, "weights") : source.str(),
               exchanged,
               permute(*values,
                       {groups, first, second, numElements(kernel).value_or(1)},
                       {0, 2, 1, 3}));
  }
  Shape split{groups, first, second};
  split.append(kernel.begin(), kernel.end());
  Shape permutation = llvm::to_vector(llvm::seq<int64_t>(split.size()));
  std::swap(permutation[1], permutation[2]);
  std::string names[] = {writer.makeName(nameFor(op, "groups")),
                         writer.makeName(nameFor(op, "exchanged")),
                         writer.makeName(nameFor(op, "weights"))};
  writer.addHelper("Reshape",
                   {writer.getName(weights),
                    writer.addInts(nameFor(op, "groups_shape"), split)},
                   names[0]);
  setInts(writer.addHelper("Transpose", {names[0]}, names[1]), "perm",
          permutation);
  writer.addHelper(
      "Reshape",
      {names[1], writer.addInts(nameFor(op, "weights_shape"), exchanged)},
      names[2]);
  return name = names[2];
}

static LogicalResult exportConvTranspose(ConvTransposeOp op,
                                         GraphWriter &writer) {
  SmallVector<std::string> inputs{
      writer.getName(op.getInput()),
      exchange(op, op.getWeights(), op.getGroups(), writer)};
  if (op.getBias())
    inputs.push_back(writer.getName(op.getBias()));
  onnx::NodeProto &node = writer.addNode(op, "ConvTranspose", inputs);
  setWindow(node, op, typeOf(op.getWeights()).getShape().drop_front(2));
  setInts(node, "output_padding", op.getOutputPads());
  setInt(node, "group", op.getGroups());
  return success();
}

/// Whether MatMul says what `op` computes, its weights turned around.
static bool isMatMul(DenseOp op) {
  return typeOf(op.getInput()).getRank() != 2;
}

/// Whether `op` exchanges the dimensions of a matrix for MatMuls alone, which
/// want it as it was.
static bool isUndone(TransposeOp op) {
  return op.getPermutation() == ArrayRef<int64_t>{1, 0} && !op->use_empty() &&
         llvm::all_of(op->getUses(), [](OpOperand &use) {
           auto dense = dyn_cast<DenseOp>(use.getOwner());
           return dense && isMatMul(dense) && use.getOperandNumber() == 1;
         });
}

static LogicalResult exportDense(DenseOp op, GraphWriter &writer) {
  if (!isMatMul(op)) {
    setInt(exportAs("Gemm", op, writer), "transB", 1);
    return success();
  }
  auto transpose = op.getWeights().getDefiningOp<TransposeOp>();
  std::string weights = transpose && isUndone(transpose)
                            ? writer.getName(transpose.getInput())
                            : exchange(op, op.getWeights(), 1, writer);
  SmallVector<std::string> inputs{writer.getName(op.getInput()), weights};
  if (!op.getBias()) {
    writer.addNode(op, "MatMul", inputs);
    return success();
  }
  std::string product = writer.makeName(nameFor(op, "product"));
  writer.addNode(op, "MatMul", inputs, product);
  writer.addNode(op, "Add", {product, writer.getName(op.getBias())});
  return success();
}

//===----------------------------------------------------------------------===//
// Activations and norms
//===----------------------------------------------------------------------===//

static void exportClip(ActivationOp op, ClipAttr clip, GraphWriter &writer) {
  Type type = op.getType().getElementType();
  auto addBound = [&](StringRef role, const APFloat &bound) {
    return writer.addScalar(nameFor(op, role), type, bound.convertToDouble());
  };
  SmallVector<std::string> inputs = getNames(op, writer);
  APFloat min = clip.getMin(), max = clip.getMax();
  bool hasMin = !min.isInfinity() || !min.isNegative();
  bool hasMax = !max.isInfinity() || max.isNegative();
  if (hasMin || hasMax)
    inputs.push_back(hasMin ? addBound("min", min) : "");
  if (hasMax)
    inputs.push_back(addBound("max", max));
  writer.addNode(op, "Clip", inputs);
}

/// x sigmoid(beta x), as frameworks write it: ONNX has no op for a learned
/// beta, and few programs know Swish, which is as new as operator set 24.
static void exportSwish(ActivationOp op, GraphWriter &writer) {
  std::string input = writer.getName(op.getInput()), scaled = input, beta;
  if (op.getParameter())
    beta = writer.getName(op.getParameter());
  else if (double value = op.getFunction().getParameterValues()[0]; value != 1)
    beta = writer.addScalar(nameFor(op, "beta"), op.getType().getElementType(),
                            value);
  if (!beta.empty()) {
    scaled = writer.makeName(nameFor(op, "scaled"));
    writer.addHelper("Mul", {input, beta}, scaled);
  }
  std::string gate = writer.makeName(nameFor(op, "gate"));
  writer.addHelper("Sigmoid", {scaled}, gate);
  writer.addNode(op, "Mul", {input, gate});
}

static LogicalResult exportActivation(ActivationOp op, GraphWriter &writer) {
  ActivationAttr function = op.getFunction();
  if (auto clip = dyn_cast<ClipAttr>(function))
    return exportClip(op, clip, writer), success();
  if (isa<SwishAttr, LearnedSwishAttr>(function))
    return exportSwish(op, writer), success();
  const ActivationKind &kind = function.getKind();
  if (kind.onnxOp.empty())
    return op.emitOpError() << function << " has no form in ONNX";
  onnx::NodeProto &node = exportAs(kind.onnxOp, op, writer);
  for (auto [parameter, value] :
       llvm::zip_equal(kind.parameters, function.getParameterValues()))
    setFloat(node, parameter.onnxName, value);
  if (!kind.onnxMode.empty())
    setString(node, "approximate", kind.onnxMode);
  return success();
}

static LogicalResult exportBatchNorm(BatchNormOp op, GraphWriter &writer) {
  setFloat(exportAs("BatchNormalization", op, writer), "epsilon",
           op.getEpsilon().convertToDouble());
  return success();
}

//===----------------------------------------------------------------------===//
// Ops that move data
//===----------------------------------------------------------------------===//

static LogicalResult exportPad(PadOp op, GraphWriter &writer) {
  Type element = op.getType().getElementType();
  APFloat value = op.getValue();
  SmallVector<std::string> inputs = getNames(op, writer);
  inputs.push_back(writer.addInts(nameFor(op, "pads"), op.getPads()));
  if (!value.isPosZero())
    inputs.push_back(writer.addScalar(nameFor(op, "value"), element,
                                      value.convertToFloat()));
  onnx::NodeProto &node = writer.addNode(op, "Pad", inputs);
  if (op.getMode() != PadMode::Constant)
    setString(node, "mode", stringifyPadMode(op.getMode()));
  return success();
}

static LogicalResult exportTile(TileOp op, GraphWriter &writer) {
  Shape repeats;
  for (auto [from, to] : llvm::zip_equal(typeOf(op.getInput()).getShape(),
                                         op.getType().getShape()))
    repeats.push_back(to / from);
  SmallVector<std::string> inputs = getNames(op, writer);
  inputs.push_back(writer.addInts(nameFor(op, "repeats"), repeats));
  writer.addNode(op, "Tile", inputs);
  return success();
}

static LogicalResult exportSlice(SliceOp op, GraphWriter &writer) {
  Shape ends;
  for (auto [start, step, extent] :
       llvm::zip(op.getStarts(), op.getSteps(), op.getType().getShape())) {
    int64_t end = start + (extent - 1) * step + (step > 0 ? 1 : -1);
    // -1 would be the last position.
    ends.push_back(end < 0 ? std::numeric_limits<int64_t>::min() : end);
  }
  SmallVector<std::string> inputs = getNames(op, writer);
  inputs.push_back(writer.addInts(nameFor(op, "starts"), op.getStarts()));
  inputs.push_back(writer.addInts(nameFor(op, "ends"), ends));
  inputs.push_back("");
  inputs.push_back(writer.addInts(nameFor(op, "steps"), op.getSteps()));
  writer.addNode(op, "Slice", inputs);
  return success();
}

/// ReduceSum, ReduceMean, ReduceMax, ReduceMin or ReduceProd.
static LogicalResult exportReduce(ReduceOp op, GraphWriter &writer) {
  SmallVector<std::string> inputs = getNames(op, writer);
  // Without axes nothing is reduced here, and all there.
  if (!op.getAxes().empty())
    inputs.push_back(writer.addInts(nameFor(op, "axes"), op.getAxes()));
  onnx::NodeProto &node = writer.addNode(
      op, "Reduce" + capitalize(stringifyReduceKind(op.getKind())), inputs);
  setInt(node, "noop_with_empty_axes", op.getAxes().empty());
  return success();
}

static LogicalResult exportArgMax(ArgMaxOp op, GraphWriter &writer) {
  onnx::NodeProto &node = exportAs("ArgMax", op, writer);
  setInt(node, "axis", op.getAxis());
  setInt(node, "select_last_index", op.getSelectLast());
  return success();
}

static LogicalResult exportReshape(ReshapeOp op, GraphWriter &writer) {
  SmallVector<std::string> inputs = getNames(op, writer);
  inputs.push_back(
      writer.addInts(nameFor(op, "shape"), op.getType().getShape()));
  writer.addNode(op, "Reshape", inputs);
  return success();
}

static LogicalResult exportTranspose(TransposeOp op, GraphWriter &writer) {
  if (!isUndone(op))
    setInts(exportAs("Transpose", op, writer), "perm", op.getPermutation());
  return success();
}

static LogicalResult exportCast(CastOp op, GraphWriter &writer) {
  setInt(exportAs("Cast", op, writer), "to",
         getElementType(typeOf(op.getResult()).getElementType())->code);
  return success();
}

//===----------------------------------------------------------------------===//
// All ops
//===----------------------------------------------------------------------===//

/// What ONNX calls ops that have no attributes there; empty for other ops.
static std::string getPlainName(Operation *op) {
  return llvm::TypeSwitch<Operation *, std::string>(op)
      .Case([](AddOp) { return "Add"; })
      .Case([](SubOp) { return "Sub"; })
      .Case([](MulOp) { return "Mul"; })
      .Case([](DivOp) { return "Div"; })
      .Case([](MatMulOp) { return "MatMul"; })
      .Case([](ModOp) { return "Mod"; })
      .Case([](MaxOp) { return "Max"; })
      .Case([](MinOp) { return "Min"; })
      .Case([](PowOp) { return "Pow"; })
      .Case([](SelectOp) { return "Where"; })
      .Case([](UnaryOp unary) {
        return capitalize(stringifyUnaryKind(unary.getKind()));
      })
      .Case([](CompareOp compare) {
        return capitalize(stringifyRelation(compare.getRelation()));
      })
      .Case([](GlobalPoolOp pool) {
        return pool.getKind() == PoolKind::Max ? "GlobalMaxPool"
                                               : "GlobalAveragePool";
      })
      .Default([](Operation *) { return ""; });
}

/// What ONNX calls ops that have `axis` and no other attribute there, and it.
static std::pair<StringRef, int64_t> getNameAndAxis(Operation *op) {
  using NameAndAxis = std::pair<StringRef, int64_t>;
  return llvm::TypeSwitch<Operation *, NameAndAxis>(op)
      .Case([](SoftmaxOp op) { return NameAndAxis("Softmax", op.getAxis()); })
      .Case([](LogSoftmaxOp op) {
        return NameAndAxis("LogSoftmax", op.getAxis());
      })
      .Case([](ConcatOp op) { return NameAndAxis("Concat", op.getAxis()); })
      .Case([](FlattenOp op) { return NameAndAxis("Flatten", op.getAxis()); })
      .Case([](GatherOp op) { return NameAndAxis("Gather", op.getAxis()); })
      .Default([](Operation *) { return NameAndAxis("", 0); });
}

LogicalResult vox::frontend::exportOp(Operation *op, GraphWriter &writer) {
  if (std::string name = getPlainName(op); !name.empty())
    return exportAs(name, op, writer), success();
  if (auto [name, axis] = getNameAndAxis(op); !name.empty())
    return setInt(exportAs(name, op, writer), "axis", axis), success();
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([](ConstantOp) { return success(); }) // once it is read
      .Case([&](ConvOp op) { return exportConv(op, writer); })
      .Case([&](ConvTransposeOp op) { return exportConvTranspose(op, writer); })
      .Case([&](DenseOp op) { return exportDense(op, writer); })
      .Case([&](ActivationOp op) { return exportActivation(op, writer); })
      .Case([&](BatchNormOp op) { return exportBatchNorm(op, writer); })
      .Case([&](PoolOp op) { return exportPool(op, writer); })
      .Case([&](PoolIndicesOp op) { return exportPoolIndices(op, writer); })
      .Case([&](RemOp op) {
        return setInt(exportAs("Mod", op, writer), "fmod", 1), success();
      })
      .Case([&](PadOp op) { return exportPad(op, writer); })
      .Case([&](TileOp op) { return exportTile(op, writer); })
      .Case([&](SliceOp op) { return exportSlice(op, writer); })
      .Case([&](ReduceOp op) { return exportReduce(op, writer); })
      .Case([&](ArgMaxOp op) { return exportArgMax(op, writer); })
      .Case(
          [&](GatherElementsOp op) { return exportGatherElements(op, writer); })
      .Case([&](GatherNDOp op) {
        setInt(exportAs("GatherND", op, writer), "batch_dims",
               op.getBatchDims());
        return success();
      })
      .Case([&](ScatterElementsOp op) {
        return exportScatterElements(op, writer);
      })
      .Case([&](ScatterNDOp op) { return exportScatterND(op, writer); })
      .Case([&](TopKOp op) { return exportTopK(op, writer); })
      .Case([&](ReshapeOp op) { return exportReshape(op, writer); })
      .Case([&](ResizeOp op) { return exportResize(op, writer); })
      .Case([&](ResampleOp op) { return exportResample(op, writer); })
      .Case([&](TransposeOp op) { return exportTranspose(op, writer); })
      .Case([&](CastOp op) { return exportCast(op, writer); })
      .Case([](ActivationStatisticsOp op) {
        return op.emitOpError("can't be written as ONNX, which has no such op; "
                              "expected a network without monitors");
      })
      .Default([](Operation *op) {
        return op->emitOpError("can't be written as ONNX; expected a network "
                               "of phase import or graph");
      });
}
