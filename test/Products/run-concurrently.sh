#!/bin/sh
# ===- run-concurrently.sh - Two models, four handles, some seconds ---------=== #
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# ===------------------------------------------------------------------------=== #
#
# usage: run-concurrently.sh [SECONDS [FOLDER]]
#
# Compiles the examples imf and digits with the voxc on the PATH, or else with
# that of build/bin, and runs both in one program for SECONDS (60): two handles
# each, all at once, every result compared with the first. FOLDER takes what is
# compiled; without it a temporary one does.
#
# ===------------------------------------------------------------------------=== #

set -e
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
examples=$root/docs/examples
PATH=$PATH:$root/build/bin
folder=$2
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi

voxc "$examples/imf/model.onnx" -o "$folder/libimf.a"
voxc "$examples/digits/model.onnx" --shapes=image:1x1x28x28 -o "$folder/libdigits.a"
cc -std=c99 -Wall -Wextra -Werror -pedantic -O2 $CFLAGS \
  -DMODEL_A=imf -DMODEL_B=digits -I"$folder" \
  "$root/test/Products/Inputs/concurrent.c" -L"$folder" -limf -ldigits -lm -lpthread -o "$folder/concurrent"
"$folder/concurrent" "$seconds" \
  "$examples/imf/samples/phantom-0.npy" "$examples/imf/samples/phantom-0.expected.npy" \
  "$examples/digits/samples/digit.npy" "$examples/digits/samples/digit.expected.npy"
