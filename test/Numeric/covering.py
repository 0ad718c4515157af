#===- covering.py - Pairwise covering arrays -------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Few cases in which every pair of levels of two factors occurs together.

`covering_array` is the greedy construction of Cohen, Dalal, Fredman and Patton
("The AETG system", 1997): each new case begins with a tuple that is not
covered yet, takes the other factors in random order, each at the level that
covers most, and is the best of several such attempts. Constraints may forbid
combinations; a partial case is only kept if it can be completed, which
backtracking decides exactly. `uncovered` checks a finished array from scratch.

`strength` 2 covers all pairs, 3 all triples.
"""

from __future__ import annotations

import itertools
import math
import random
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Set, Tuple

#: Factor name -> levels.
Factors = Dict[str, Sequence[Any]]
Case = Dict[str, Any]
#: Names of factors, and whether their levels go together.
Constraint = Tuple[Tuple[str, ...], Callable[..., bool]]
#: Levels by number, as ((factor, level), ...) in the order of the factors.
Cells = Tuple[Tuple[int, int], ...]

ATTEMPTS = 12


class Space:
    """Factors and constraints, with levels as numbers."""

    def __init__(self, factors: Factors, constraints: Sequence[Constraint] = ()):
        self.names = list(factors)
        self.levels = [list(factors[name]) for name in self.names]
        self.constraints = [(tuple(self.names.index(n) for n in names), test)
                            for names, test in constraints]
        self.known: Dict[Cells, bool] = {}

    def decode(self, partial: Dict[int, int]) -> Case:
        return {self.names[f]: self.levels[f][partial[f]] for f in sorted(partial)}

    def allowed(self, partial: Dict[int, int], last: Optional[int] = None) -> bool:
        """Whether no constraint on assigned factors is broken; where `last` is
        given, only the constraints that it takes part in are looked at."""
        for names, test in self.constraints:
            if (last is None or last in names) and all(f in partial for f in names):
                if not test(*(self.levels[f][partial[f]] for f in names)):
                    return False
        return True

    def completable(self, partial: Dict[int, int]) -> bool:
        """Whether some full case extends `partial`, itself allowed."""
        cells = tuple(sorted(partial.items()))
        if cells not in self.known:
            # Only factors that constraints tie to assigned ones can be in the
            # way; the rest could be dropped, but backtracking is fast enough.
            tied = sorted({f for names, _ in self.constraints for f in names} - set(partial))
            self.known[cells] = self._extend(dict(partial), tied)
        return self.known[cells]

    def _extend(self, partial: Dict[int, int], free: List[int]) -> bool:
        if not free:
            return True
        factor = free[0]
        for level in range(len(self.levels[factor])):
            partial[factor] = level
            if self.allowed(partial, factor) and self._extend(partial, free[1:]):
                return True
        del partial[factor]
        return False

    def tuples(self, strength: int) -> Set[Cells]:
        """All valid tuples: those that occur in some full case."""
        strength = min(strength, len(self.names))
        result = set()
        for chosen in itertools.combinations(range(len(self.names)), strength):
            for numbers in itertools.product(*(range(len(self.levels[f])) for f in chosen)):
                partial = dict(zip(chosen, numbers))
                if self.allowed(partial) and self.completable(partial):
                    result.add(tuple(zip(chosen, numbers)))
        return result


def _gain(space: Space, partial: Dict[int, int], factor: int, level: int,
          open_tuples: Set[Cells], strength: int) -> int:
    """Open tuples that `factor` at `level` would close."""
    others = sorted(partial.items())
    new = (factor, level)
    return sum(tuple(sorted(rest + (new,))) in open_tuples
               for rest in itertools.combinations(others, strength - 1))


def _attempt(space: Space, rng: random.Random, start: Cells, open_tuples: Set[Cells],
             strength: int) -> Dict[int, int]:
    partial = dict(start)
    factors = [f for f in range(len(space.names)) if f not in partial]
    rng.shuffle(factors)
    for factor in factors:
        options = []
        for level in range(len(space.levels[factor])):
            gain = _gain(space, partial, factor, level, open_tuples, strength)
            options.append((-gain, rng.random(), level))
        for _, _, level in sorted(options):
            trial = {**partial, factor: level}
            if space.allowed(trial, factor) and space.completable(trial):
                partial = trial
                break
    return partial


def covering_array(factors: Factors, constraints: Sequence[Constraint] = (), seed: int = 1,
                   strength: int = 2) -> List[Case]:
    """Cases that together hold every valid tuple of `strength` levels."""
    space = Space(factors, constraints)
    rng = random.Random(seed)
    strength = min(strength, len(space.names))
    open_tuples = space.tuples(strength)
    order = sorted(open_tuples)
    rng.shuffle(order)
    cases = []
    attempts = ATTEMPTS if strength < 3 else 2
    for start in order:
        if start not in open_tuples:
            continue
        best: Tuple[int, Dict[int, int]] = (-1, {})
        for _ in range(attempts):
            case = _attempt(space, rng, start, open_tuples, strength)
            closed = len(_tuples_of(case, strength) & open_tuples)
            if closed > best[0]:
                best = closed, case
        cases.append(best[1])
        open_tuples -= _tuples_of(best[1], strength)
    return [space.decode(case) for case in cases]


def _tuples_of(case: Dict[int, int], strength: int) -> Set[Cells]:
    return set(itertools.combinations(sorted(case.items()), strength))


def uncovered(cases: Sequence[Case], factors: Factors, constraints: Sequence[Constraint] = (),
              strength: int = 2) -> Tuple[int, int]:
    """The number of valid tuples that `cases` misses, and of all. A case that
    breaks a constraint is an error."""
    space = Space(factors, constraints)
    wanted = space.tuples(strength)
    found: Set[Cells] = set()
    for case in cases:
        numbers = {f: space.levels[f].index(case[name]) for f, name in enumerate(space.names)}
        if not space.allowed(numbers):
            raise ValueError(f"a constraint does not allow {case}")
        found |= _tuples_of(numbers, min(strength, len(space.names)))
    return len(wanted - found), len(wanted)


def all_cases(factors: Factors, constraints: Sequence[Constraint], seed: int,
              begin: int = 0) -> Iterator[Tuple[int, Case]]:
    """Every valid case with its position, in an order that `seed` fixes and
    that spreads over the whole space: any part of it is a fair sample. Goes on
    at position `begin`."""
    space = Space(factors, constraints)
    sizes = [len(levels) for levels in space.levels]
    total = math.prod(sizes)
    # An affine map is a permutation where the factor has no divisor in common
    # with the size; near the golden section it scatters neighbours.
    step = int(total * 0.6180339887) or 1
    while math.gcd(step, total) != 1:
        step += 1
    for position in range(begin, total):
        index = (position * step + seed) % total
        numbers = {}
        for factor, size in enumerate(sizes):
            index, numbers[factor] = divmod(index, size)
        if space.allowed(numbers):
            yield position, space.decode(numbers)
