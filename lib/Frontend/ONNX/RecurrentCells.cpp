//===- RecurrentCells.cpp - One step of RNN, GRU and LSTM -----------------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The equations of https://onnx.ai/onnx/operators/, onnx__RNN.html,
// onnx__GRU.html and onnx__LSTM.html.
//
//===----------------------------------------------------------------------===//

#include "Recurrent.h"

#include "Compose.h"

using namespace mlir;
using namespace vox;
using namespace vox::frontend;

/// Gate `i` of [batch, gates x hidden].
static Value takeGate(const Cell &cell, Value gates, int64_t i) {
  return createSlice(cell.node, gates, 1, i * cell.hidden, cell.hidden);
}

State vox::frontend::stepRNN(const Cell &cell, Value fromInput, State before) {
  NodeContext &node = cell.node;
  Value product =
      createDense(node, before.hidden, cell.recurrence[0], cell.recurrenceBias);
  Value sum = createBinary<AddOp>(node, product, fromInput);
  return {cell.functions[0].apply(node, sum), nullptr};
}

State vox::frontend::stepLSTM(const Cell &cell, Value fromInput, State before) {
  NodeContext &node = cell.node;
  Value product =
      createDense(node, before.hidden, cell.recurrence[0], cell.recurrenceBias);
  Value gates = createBinary<AddOp>(node, product, fromInput);
  auto gate = [&](int64_t i, int64_t peephole, Value state) {
    Value value = takeGate(cell, gates, i);
    if (!cell.peepholes.empty())
      value = createBinary<AddOp>(
          node, value,
          createBinary<MulOp>(node, state, cell.peepholes[peephole]));
    return cell.functions[0].apply(node, value);
  };
  Value input = gate(0, 0, before.cell);
  Value forget = cell.forgetsByInput
                     ? createBinary<SubOp>(node, createScalar(node, 1), input)
                     : gate(2, 2, before.cell);
  Value candidate = cell.functions[1].apply(node, takeGate(cell, gates, 3));
  Value state =
      createBinary<AddOp>(node, createBinary<MulOp>(node, forget, before.cell),
                          createBinary<MulOp>(node, input, candidate));
  Value output = gate(1, 1, state);
  return {
      createBinary<MulOp>(node, output, cell.functions[2].apply(node, state)),
      state};
}

/// (1 - update) * candidate + update * hidden
static State blend(NodeContext &node, Value update, Value candidate,
                   Value hidden) {
  Value rest = createBinary<SubOp>(node, createScalar(node, 1), update);
  return {createBinary<AddOp>(node, createBinary<MulOp>(node, rest, candidate),
                              createBinary<MulOp>(node, update, hidden)),
          nullptr};
}

State vox::frontend::stepGRU(const Cell &cell, Value fromInput, State before) {
  NodeContext &node = cell.node;
  Value product = createDense(node, before.hidden, cell.recurrence[0], nullptr);
  Value ofGates = createSlice(node, fromInput, 1, 0, 2 * cell.hidden);
  Value gates = cell.functions[0].apply(
      node, createBinary<AddOp>(node, product, ofGates));
  Value reset =
      createBinary<MulOp>(node, takeGate(cell, gates, 1), before.hidden);
  Value candidate = createBinary<AddOp>(
      node, createDense(node, reset, cell.recurrence[1], nullptr),
      takeGate(cell, fromInput, 2));
  return blend(node, takeGate(cell, gates, 0),
               cell.functions[1].apply(node, candidate), before.hidden);
}

State vox::frontend::stepLinearGRU(const Cell &cell, Value fromInput,
                                   State before) {
  NodeContext &node = cell.node;
  int64_t hidden = cell.hidden;
  Value product =
      createDense(node, before.hidden, cell.recurrence[0], cell.recurrenceBias);
  Value gates = cell.functions[0].apply(
      node,
      createBinary<AddOp>(node, createSlice(node, product, 1, 0, 2 * hidden),
                          createSlice(node, fromInput, 1, 0, 2 * hidden)));
  Value reset = createBinary<MulOp>(node, takeGate(cell, gates, 1),
                                    takeGate(cell, product, 2));
  Value candidate = cell.functions[1].apply(
      node, createBinary<AddOp>(node, reset, takeGate(cell, fromInput, 2)));
  return blend(node, takeGate(cell, gates, 0), candidate, before.hidden);
}
