//===- Recurrent.cpp - Import of RNN, GRU and LSTM ------------------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The steps of a recurrent net are written out one after the other. What they
// compute of the input alone is one product over the whole sequence; the rest
// of each step is the same ops on the same shapes, so that all steps share the
// kernels of one.
//
//===----------------------------------------------------------------------===//

#include "Recurrent.h"

#include "Compose.h"
#include "Handlers.h"
#include "Limits.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

namespace {
/// What a node is given, with the input as [steps, batch, features].
struct Sequence {
  Value input;
  int64_t steps, batch, features, hidden, directions;
  /// Whether the file's tensors have the batch first.
  bool batchFirst;
  /// As in the file, without the batch first; null where they are absent.
  Value weights, recurrence, bias, initialHidden, initialCell, peepholes;
  /// Those of the first direction, then those of the second.
  std::vector<CellFunction> functions;

  bool isReverse(int64_t direction) const {
    return reverseFirst || direction == 1;
  }
  bool reverseFirst;
};
} // namespace

//===----------------------------------------------------------------------===//
// What the node is given
//===----------------------------------------------------------------------===//

/// Exchanges the first two dimensions of a tensor of rank 3.
static Value exchangeBatch(NodeContext &node, Value value) {
  return createTranspose(node, value, {1, 0, 2});
}

/// Puts input `i` into `value` where it is there; fails if it is not of
/// `shape`.
static LogicalResult read(NodeContext &node, unsigned i, ShapeRef shape,
                          Value &value) {
  if (!node.isGiven(i))
    return success();
  value = node.tensor(i);
  if (!value)
    return failure();
  if (node.shape(value) == shape)
    return success();
  return node.error(node.describeInput(i) + " has shape " +
                    formatShape(node.shape(value)) + "; expected " +
                    formatShape(shape));
}

/// Sequences that end before others are not supported.
static LogicalResult checkLengths(NodeContext &node, int64_t steps) {
  if (!node.isGiven(4))
    return success();
  const IntTensor *lengths = node.ints(4);
  if (!lengths)
    return failure();
  for (int64_t length : lengths->values)
    if (length != steps)
      return node.error(node.describeInput(4) + " has length " + Twine(length) +
                        "; expected " + Twine(steps) +
                        ", the whole sequence, for all");
  return success();
}

static LogicalResult readDirection(NodeContext &node, Sequence &sequence) {
  std::string direction = node.getString("direction", "forward");
  sequence.directions = direction == "bidirectional" ? 2 : 1;
  sequence.reverseFirst = direction == "reverse";
  if (direction != "forward" && direction != "reverse" &&
      direction != "bidirectional")
    return node.error("direction is " + quote(direction) +
                      "; expected forward, reverse or bidirectional");
  int64_t layout = node.getInt("layout", 0);
  sequence.batchFirst = layout == 1;
  if (layout != 0 && layout != 1)
    return node.error("layout is " + Twine(layout) + "; expected 0 or 1");
  return success();
}

/// The extents of the net, by the shapes of X and R.
static LogicalResult readExtents(NodeContext &node, Sequence &sequence) {
  ShapeRef input = node.shape(sequence.input),
           recurrence = node.shape(sequence.recurrence);
  for (unsigned i : {0, 2})
    if (size_t rank = (i ? recurrence : input).size(); rank != 3)
      return node.error(node.describeInput(i) + " has rank " + Twine(rank) +
                        "; expected 3");
  sequence.steps = input[sequence.batchFirst];
  sequence.batch = input[!sequence.batchFirst];
  sequence.features = input[2];
  sequence.hidden = recurrence[2];
  if (sequence.steps > kMaxSteps)
    return node.error("has " + Twine(sequence.steps) +
                      " steps; expected at most " + Twine(kMaxSteps) +
                      ", since each is compiled by itself");
  int64_t declared = node.getInt("hidden_size", sequence.hidden);
  if (declared != sequence.hidden)
    return node.error("hidden_size is " + Twine(declared) + "; expected " +
                      Twine(sequence.hidden) + ", as " + node.describeInput(2) +
                      " has it");
  return success();
}

/// Reads the operands of a net of so many gates per cell; nothing after an
/// error.
static std::optional<Sequence> readSequence(NodeContext &node, int64_t gates,
                                            ArrayRef<StringRef> functions) {
  Sequence result;
  result.input = node.tensor(0);
  result.recurrence = result.input ? node.tensor(2) : nullptr;
  if (!result.recurrence || failed(readDirection(node, result)) ||
      failed(readExtents(node, result)) ||
      failed(checkLengths(node, result.steps)))
    return std::nullopt;
  int64_t directions = result.directions, hidden = result.hidden;
  Shape state = {directions, result.batch, hidden};
  if (result.batchFirst)
    std::swap(state[0], state[1]);
  result.weights = node.tensor(1);
  if (!result.weights ||
      failed(read(node, 1, {directions, gates * hidden, result.features},
                  result.weights)) ||
      failed(read(node, 2, {directions, gates * hidden, hidden},
                  result.recurrence)) ||
      failed(read(node, 3, {directions, 2 * gates * hidden}, result.bias)) ||
      failed(read(node, 5, state, result.initialHidden)) ||
      failed(read(node, 6, state, result.initialCell)) ||
      failed(read(node, 7, {directions, 3 * hidden}, result.peepholes)))
    return std::nullopt;
  auto read = readCellFunctions(node, functions, directions);
  if (!read)
    return std::nullopt;
  result.functions = std::move(*read);
  if (result.batchFirst)
    for (Value *value :
         {&result.input, &result.initialHidden, &result.initialCell})
      if (*value)
        *value = exchangeBatch(node, *value);
  return result;
}

//===----------------------------------------------------------------------===//
// The net
//===----------------------------------------------------------------------===//

/// The state that a direction begins with, [batch, hidden]: zeros if not given.
static Value getInitial(NodeContext &node, const Sequence &sequence,
                        Value initial, int64_t direction) {
  if (initial)
    return takeRow(node, initial, direction);
  auto type = node.type({sequence.batch, sequence.hidden});
  return ConstantOp::create(node.builder, node.loc, type,
                            SplatElementsAttr::get(type, 0.0f));
}

/// At once where both are constant.
static Value createSum(NodeContext &node, Value lhs, Value rhs) {
  auto some = readConstant(lhs), others = readConstant(rhs);
  if (!some || !others)
    return createBinary<AddOp>(node, lhs, rhs);
  for (auto [value, other] : llvm::zip_equal(*some, *others))
    value += other;
  return createConstantLike(node.builder, lhs, node.shape(lhs), *some);
}

namespace {
struct Results {
  /// Of each direction: the state after each step, [1, 1, batch, hidden], and
  /// after the last, [1, batch, hidden].
  SmallVector<SmallVector<Value>> hidden;
  SmallVector<Value> lastHidden, lastCell;
};
} // namespace

namespace {
/// What tells RNN, GRU and LSTM apart.
struct Kind {
  int64_t gates;
  SmallVector<StringRef> functions;
  Step step;
  /// The part of the bias that belongs to the state stays with its product, or
  /// else is added to the other.
  bool keepsBias = false;
  /// The last gate has a product with the state of its own.
  bool splitsGates = false;
};
} // namespace

/// What the steps of a direction read, and in `bias` what is added to what
/// comes from the input.
static Cell makeCell(NodeContext &node, const Sequence &sequence,
                     int64_t direction, const Kind &kind, Value &bias) {
  size_t count = kind.functions.size();
  int64_t hidden = sequence.hidden;
  Cell cell{node,
            hidden,
            ArrayRef(sequence.functions).slice(direction * count, count),
            /*recurrence=*/{},
            /*peepholes=*/{},
            /*recurrenceBias=*/nullptr,
            node.getInt("input_forget", 0) != 0};
  Value recurrence = takeRow(node, sequence.recurrence, direction);
  if (kind.splitsGates)
    cell.recurrence = {takeRows(node, recurrence, 0, 2 * hidden),
                       takeRows(node, recurrence, 2 * hidden, hidden)};
  else
    cell.recurrence = {recurrence};
  if (Value peepholes = takeRow(node, sequence.peepholes, direction))
    for (int64_t i = 0; i < 3; ++i)
      cell.peepholes.push_back(takeRows(node, peepholes, i * hidden, hidden));
  bias = takeRow(node, sequence.bias, direction);
  if (!bias)
    return cell;
  int64_t half = node.shape(bias)[0] / 2;
  Value second = takeRows(node, bias, half, half);
  bias = takeRows(node, bias, 0, half);
  if (kind.keepsBias)
    cell.recurrenceBias = second;
  else
    bias = createSum(node, bias, second);
  return cell;
}

/// What `fromInput`, [steps, batch, ...], contributes to step `at`. A gather
/// reads the step's number, so that it is the same kernel for all of them; as
/// slices they would be a kernel each.
static Value takeStep(NodeContext &node, Value fromInput, int64_t at) {
  ShapeRef shape = node.shape(fromInput);
  if (shape.front() == 1)
    return createReshape(node, fromInput, shape.drop_front());
  Value number = createIntConstant(node.builder, node.loc, IntTensor{{}, {at}},
                                   node.layer.getValue());
  return GatherOp::create(node.builder, node.loc, node.type(shape.drop_front()),
                          fromInput, number,
                          /*axis=*/0, node.layer);
}

/// Writes out all steps of a direction.
static LogicalResult runDirection(NodeContext &node, const Sequence &sequence,
                                  int64_t direction, const Kind &kind,
                                  Results &results) {
  Value bias;
  Cell cell = makeCell(node, sequence, direction, kind, bias);
  Value fromInput = createDense(
      node, sequence.input, takeRow(node, sequence.weights, direction), bias);
  if (!fromInput)
    return failure();

  State state{getInitial(node, sequence, sequence.initialHidden, direction),
              getInitial(node, sequence, sequence.initialCell, direction)};
  Shape shape = {1, 1, sequence.batch, sequence.hidden};
  SmallVector<Value> hidden(sequence.steps);
  for (int64_t i = 0; i < sequence.steps; ++i) {
    int64_t at = sequence.isReverse(direction) ? sequence.steps - 1 - i : i;
    state = kind.step(cell, takeStep(node, fromInput, at), state);
    hidden[at] = createReshape(node, state.hidden, shape);
  }
  results.hidden.push_back(std::move(hidden));
  ShapeRef last = ShapeRef(shape).drop_front();
  results.lastHidden.push_back(createReshape(node, state.hidden, last));
  if (state.cell)
    results.lastCell.push_back(createReshape(node, state.cell, last));
  return success();
}

/// The states after all steps, [steps, 1, batch, hidden]. They are put together
/// in groups first, because a kernel that reads thousands of tensors takes
/// minutes to compile.
static Value gatherSteps(NodeContext &node, SmallVector<Value> parts) {
  constexpr size_t kGroup = 32;
  while (parts.size() > 1) {
    SmallVector<Value> groups;
    for (size_t i = 0; i < parts.size(); i += kGroup) {
      auto group = ArrayRef(parts).drop_front(i).take_front(kGroup);
      groups.push_back(createConcat(node, group, 0));
      if (!groups.back())
        return nullptr;
    }
    parts = std::move(groups);
  }
  return parts.front();
}

/// Defines results Y, Y_h and, of an LSTM, Y_c.
static LogicalResult defineResults(NodeContext &node, const Sequence &sequence,
                                   const Results &results) {
  SmallVector<Value> ofDirections;
  for (const SmallVector<Value> &hidden : results.hidden) {
    ofDirections.push_back(gatherSteps(node, hidden));
    if (!ofDirections.back())
      return failure();
  }
  Value all = createConcat(node, ofDirections, 1);
  if (!all)
    return failure();
  if (sequence.batchFirst)
    all = createTranspose(node, all, {2, 0, 1, 3});
  if (failed(node.result(all)))
    return failure();
  for (ArrayRef<Value> last :
       {ArrayRef(results.lastHidden), ArrayRef(results.lastCell)}) {
    if (last.empty())
      continue;
    Value state = createConcat(node, last, 0);
    if (sequence.batchFirst)
      state = exchangeBatch(node, state);
    if (failed(node.result(state)))
      return failure();
  }
  return success();
}

static LogicalResult importRecurrent(NodeContext &node, const Kind &kind) {
  std::optional<Sequence> sequence =
      readSequence(node, kind.gates, kind.functions);
  if (!sequence)
    return failure();
  Results results;
  for (int64_t i = 0; i < sequence->directions; ++i)
    if (failed(runDirection(node, *sequence, i, kind, results)))
      return failure();
  return defineResults(node, *sequence, results);
}

LogicalResult vox::frontend::importRNN(NodeContext &node) {
  return importRecurrent(node, {1, {"Tanh"}, stepRNN});
}

LogicalResult vox::frontend::importGRU(NodeContext &node) {
  bool isLinear = node.getInt("linear_before_reset", 0) != 0;
  return importRecurrent(node, {3,
                                {"Sigmoid", "Tanh"},
                                isLinear ? stepLinearGRU : stepGRU,
                                /*keepsBias=*/isLinear,
                                /*splitsGates=*/!isLinear});
}

LogicalResult vox::frontend::importLSTM(NodeContext &node) {
  return importRecurrent(node, {4, {"Sigmoid", "Tanh", "Tanh"}, stepLSTM});
}
