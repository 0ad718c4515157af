//===- ConvTranspose.cpp - Transposed convolution, phase by phase ---------===//
//
// Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Per spatial dimension with stride s and dilation d, input position i and tap
// k meet at position x of the result where
//
//   x + before = i s + k d.
//
// So all x of one phase, x = q s + p, share their taps, and each phase is a
// dense convolution over a part of the kernel: with f = (p + before) mod s and
// g = gcd(s, d), there are taps only if g divides f, namely
//
//   k = first + (s / g) t,  first = (f / g) (d / g)^-1 mod (s / g),
//   i = q + (p + before - first d) / s - (d / g) t,   t = 0, 1, ...
//
// No product with an inserted zero is ever formed. The sum has p and q as
// arguments; where every extent is a multiple of its stride, so has the output,
// and nothing is divided when the kernel runs.
//
//===----------------------------------------------------------------------===//

#include "Sum.h"
#include "Taps.h"

#include <numeric>

using namespace Halide;
using namespace vox;
using namespace vox::codegen;

namespace {

/// `a` b = 1 modulo `modulus`, by Euclid's algorithm; the two have no common
/// divisor.
int64_t invert(int64_t a, int64_t modulus) {
  int64_t rest = modulus, next = a % modulus, b = 0, nextB = 1;
  while (next != 0) {
    int64_t quotient = rest / next;
    std::tie(rest, next) = std::pair(next, rest - quotient * next);
    std::tie(b, nextB) = std::pair(nextB, b - quotient * nextB);
  }
  return llvm::mod(b, modulus);
}

/// The taps of one spatial dimension, as the formulae above have them. Here
/// `before` is less than the stride; whole strides are part of `shift`.
struct Dimension {
  int64_t stride, dilation, before, kernel, common, inverse;
  /// What a position of the input is moved by: the strides cut off before the
  /// result, and the border of its padded copy.
  int64_t shift;
  /// Phases that there are: a result may be shorter than the stride.
  int64_t phases;
  /// Whether zeros were added before or after the input.
  bool hasBorder = false;

  Dimension(int64_t stride, int64_t dilation, int64_t pad, int64_t kernel,
            int64_t extent)
      : stride(stride), dilation(kernel == 1 ? 1 : dilation),
        before(pad % stride), kernel(kernel),
        common(std::gcd(stride, this->dilation)),
        inverse(step() == 1 ? 0 : invert(this->dilation / common, step())),
        shift(pad / stride), phases(std::min(stride, extent)) {}

  /// From one tap of a phase to the next.
  int64_t step() const { return stride / common; }
  /// The greatest number of taps of a phase.
  int64_t count() const { return llvm::divideCeil(kernel, step()); }
  /// Whether all phases have that many.
  bool isUniform() const { return common == 1 && kernel % step() == 0; }

  /// Where tap `t` reads, less q. Of phases without taps it is some number.
  int64_t offset(int64_t phase, int64_t t) const {
    int64_t first = (phase + before) % stride / common * inverse % step();
    int64_t distance = phase + before - std::min(first, kernel - 1) * dilation;
    return llvm::divideFloorSigned(distance, stride) + shift -
           dilation / common * t;
  }

  // The same of phases that are known when the kernel runs. What is constant
  // for all phases is written as such, to give Halide tight bounds.
  Expr residue(Expr phase) const {
    return before == 0 ? phase : (phase + toInt(before)) % toInt(stride);
  }
  Expr first(Expr phase) const {
    if (step() == 1)
      return 0;
    if (common == 1 && inverse == 1)
      return residue(phase);
    // The product may need more than 32 bits.
    Expr product =
        cast<int64_t>(residue(phase) / toInt(common)) * Expr(inverse);
    return cast<int32_t>(product % Expr(step()));
  }
  Expr offset(Expr phase, Expr t) const {
    Expr whole = 0;
    if (dilation != 1)
      whole = (phase + toInt(before) -
               min(first(phase), toInt(kernel - 1)) * toInt(dilation)) /
              toInt(stride);
    else if (before != 0)
      whole = (phase + toInt(before)) / toInt(stride);
    return whole + toInt(shift) - t * toInt(dilation / common);
  }

  /// Positions of the input that `positions` of q read before 0, and behind
  /// `extent`.
  std::pair<int64_t, int64_t> border(int64_t positions, int64_t extent) const {
    int64_t least = 0, most = 0;
    for (int64_t phase = 0; phase < phases; ++phase) {
      least = std::min(least, offset(phase, count() - 1));
      most = std::max(most, offset(phase, 0));
    }
    return {-least, std::max<int64_t>(0, most + positions - extent)};
  }
};

class TransposeBuilder {
public:
  TransposeBuilder(ConvTransposeOp op, llvm::ArrayRef<Tensor> operands)
      : op(op), operands(operands), input(operands[0]), weights(operands[1]),
        loops(op.getType(), phasesOf(op)), spatial(op.getType().getRank() - 2),
        inputBlock(getBlock(input.type)),
        inputBlocks(llvm::divideCeil(weights.extent(1), inputBlock)) {
    for (unsigned i = 0; i < spatial; ++i)
      dims.emplace_back(op.getStrides()[i], op.getDilations()[i],
                        op.getPads()[i], weights.extent(2 + i),
                        op.getType().getDimSize(2 + i));
  }

  Tensor build(Kernel &kernel);

private:
  void padIfNeeded(Kernel &kernel);
  Expr term(const std::vector<Expr> &position);
  Expr condition(unsigned dim, Expr t);

  ConvTransposeOp op;
  llvm::ArrayRef<Tensor> operands;
  Tensor input, weights;
  Loops loops;
  unsigned spatial;
  int64_t inputBlock, inputBlocks;
  std::vector<Dimension> dims;
};

/// A tile of positions that hangs over the result's end is computed whole. Of
/// open extents the greatest ones need the widest border after the input: the
/// result grows by as many positions of each phase as the input, or more slowly
/// where it is shorter than a stride.
void TransposeBuilder::padIfNeeded(Kernel &kernel) {
  llvm::SmallVector<int64_t> pads(2 * spatial);
  for (unsigned i = 0; i < spatial; ++i) {
    int64_t positions =
        llvm::divideCeil(op.getType().getDimSize(2 + i), dims[i].phases);
    std::tie(pads[i], pads[spatial + i]) =
        dims[i].border(positions, input.extent(2 + i));
  }
  if (llvm::all_of(pads, [](int64_t pad) { return pad == 0; }))
    return;
  input = padInput(input, pads);
  kernel.padded = input;
  for (unsigned i = 0; i < spatial; ++i) {
    dims[i].shift += pads[i];
    dims[i].hasBorder = pads[i] != 0 || pads[spatial + i] != 0;
  }
}

/// `position`: input lane, taps innermost first, input block.
Expr TransposeBuilder::term(const std::vector<Expr> &position) {
  Index from;
  from.width = inputBlock;
  from.lane = position.front();
  from.dims = {loops.index.dims[0], position.back()};
  if (op.getGroups() > 1) {
    int64_t outputs = op.getType().getDimSize(1) / op.getGroups();
    Expr group = loops.index.dims[1] / toInt(outputs / loops.block);
    from.dims[1] += group * toInt(inputBlocks);
  }
  std::vector<Expr> at; // innermost first
  if (weights.type.getEncoding())
    at = {loops.index.lane, position.front()};
  for (unsigned i = 0; i < spatial; ++i) {
    const Dimension &dim = dims[i];
    Expr t = position[spatial - i], phase = loops.index.phase[i];
    Expr x = loops.index.whole[i] + dim.offset(phase, t);
    // Halide does not see that dilated taps stay inside. A border has its own
    // bounds; those of the input would have to be read from its buffer.
    if (!dim.hasBorder && dim.dilation != 1)
      x = clamp(x, 0, input.size(2 + i) - 1);
    from.dims.push_back(x);
  }
  for (unsigned i = spatial; i-- > 0;) {
    const Dimension &dim = dims[i];
    Expr k = dim.first(loops.index.phase[i]) +
             position[spatial - i] * toInt(dim.step());
    // Taps that a phase lacks are skipped, but their address is made.
    at.push_back(dim.isUniform() ? k : min(k, toInt(dim.kernel - 1)));
  }
  at.push_back(position.back());
  at.push_back(loops.index.dims[1]);
  return weights.func(at) * input(from);
}

/// Coordinate `dim` of a position counts where the phase has such a tap.
Expr TransposeBuilder::condition(unsigned coordinate, Expr t) {
  if (coordinate == 0 || coordinate > spatial)
    return {};
  unsigned i = spatial - coordinate;
  const Dimension &dim = dims[i];
  if (dim.isUniform())
    return {};
  Expr phase = loops.index.phase[i];
  Expr exists = dim.first(phase) + t * toInt(dim.step()) < toInt(dim.kernel);
  if (dim.common > 1)
    exists = exists && dim.residue(phase) % toInt(dim.common) == 0;
  return exists;
}

Tensor TransposeBuilder::build(Kernel &kernel) {
  padIfNeeded(kernel);
  BoxSum sum;
  sum.name = "conv_transpose";
  sum.vars = loops.vars;
  sum.start = startOfSum(operands, op.getType(), loops.index);
  sum.extents = {std::min(inputBlock, weights.extent(1))};
  for (const Dimension &dim : llvm::reverse(dims))
    sum.extents.push_back(dim.count());
  sum.extents.push_back(inputBlocks);
  sum.innerCount = countInnerTaps(sum.extents);
  sum.term = [this](const std::vector<Expr> &position) {
    return term(position);
  };
  sum.condition = [this](unsigned dim, Expr t) { return condition(dim, t); };
  Tensor total{buildSum(sum, op.getType(), kernel), op.getType()};
  total.strides = phasesOf(op);

  total.sizes = kernel.sizes.of(op.getResult());
  bool whole = true;
  for (unsigned i = 0; i < spatial; ++i) {
    Expr rest = total.size(2 + i) % toInt(dims[i].phases);
    whole &= Internal::is_const_zero(Internal::simplify(rest));
  }
  if (whole)
    return total;
  // The last position of some phases lies outside of the result: all phases are
  // computed on their own, and the output takes from them what there is.
  Func phases("phases");
  phases(loops.vars) = total.func(loops.vars);
  kernel.tables = {phases};
  Tensor result{phases, op.getType(), total.strides, total.sizes};
  Loops plain(op.getType());
  Func interleaved("interleaved");
  interleaved(plain.vars) = result(plain.index);
  return {interleaved, op.getType()};
}

} // namespace

std::vector<int64_t> codegen::phasesOf(ConvTransposeOp op) {
  std::vector<int64_t> phases;
  for (auto [stride, extent] :
       llvm::zip(op.getStrides(), op.getType().getShape().drop_front(2)))
    phases.push_back(std::min(stride, extent));
  return phases;
}

Tensor codegen::buildConvTranspose(ConvTransposeOp op,
                                   llvm::ArrayRef<Tensor> operands,
                                   Kernel &kernel) {
  return TransposeBuilder(op, operands).build(kernel);
}
