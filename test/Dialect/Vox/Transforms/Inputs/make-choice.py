#!/usr/bin/env python3
#===- make-choice.py - A choice by the end of a long chain -----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
"""Writes a network that selects between two values, of 18 ops and of none, where
not, as numbers from 0 to 1, a value of 16 ops is greater than one of so many.
Reading the choice as a formula takes several ops at a time, close to the limit
of ops that a formula may have.

    make-choice.py COUNT
"""

import sys

TYPE = "tensor<8xf32>"


def chain(name, value, kinds, count):
    """`count` ops on `value`, one on top of the other; the last result."""
    for i in range(count):
        print(f"  %{name}{i} = vox.unary {kinds[i % len(kinds)]} {value} : {TYPE}")
        value = f"%{name}{i}"
    return value


def main():
    print(f"func.func @main(%x: {TYPE}, %y: {TYPE}, %z: {TYPE}) -> {TYPE} {{")
    print("  %zero = vox.constant dense<0.0> : tensor<f32>")
    deep = chain("d", "%y", ["sqrt"], int(sys.argv[1]))
    short = chain("s", "%x", ["exp", "abs"], 16)
    chosen = chain("c", "%z", ["exp", "abs"], 18)
    print(f"  %greater = vox.compare greater {short}, {deep} : ({TYPE}, {TYPE}) -> tensor<8xi1>")
    print(f"  %number = vox.cast %greater : tensor<8xi1> -> {TYPE}")
    print(f"  %not = vox.compare equal %number, %zero : ({TYPE}, tensor<f32>) -> tensor<8xi1>")
    print(f"  %result = vox.select %not, {chosen}, %z : (tensor<8xi1>, {TYPE}, {TYPE}) -> {TYPE}")
    print(f"  return %result : {TYPE}\n}}")


if __name__ == "__main__":
    main()
