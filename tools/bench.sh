#!/usr/bin/env bash
#===- bench.sh - Voxc beside ONNX Runtime and OpenVINO -------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: tools/bench.sh MODEL.onnx... [--threads=N] [--shapes=NAME:1x1x64,...]
#                       [--seconds=S] [--json=FILE]
#        tools/bench.sh --layers [NAME...] [options]
#
# Installs what is missing, builds Voxc and measures the models, or the single
# layers of tools/bench/layers.py. How it measures: tools/bench/bench.py.
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup/setup.sh"

usage() { sed -n '/^# usage/,/^#===/{/^#===/d;s/^# \?//p}' "${BASH_SOURCE[0]}"; }

# The layers' files in place of their names.
layer_files() {
  local argument names=() options=()
  for argument in "$@"; do
    case $argument in
    -*) options+=("$argument") ;;
    *) names+=("$argument") ;;
    esac
  done
  mapfile -t names < <("$voxc_deps/bench/bin/python3" "$voxc_root/tools/bench/layers.py" \
    "$voxc_build/bench/layers" ${names[@]+"${names[@]}"})
  [ "${#names[@]}" -gt 0 ] || exit 1
  arguments=("${names[@]}" ${options[@]+"${options[@]}"})
}

case ${1:-} in
'')
  usage >&2
  exit 1
  ;;
--help | -h)
  usage
  exit 0
  ;;
esac
ensure_dependencies
ensure_bench_python
configure "$voxc_build"
build "$voxc_build" voxc vox-run vox-compile-kernel
arguments=("$@")
if [ "$1" = --layers ]; then layer_files "${@:2}"; fi
exec "$voxc_deps/bench/bin/python3" "$voxc_root/tools/bench/bench.py" "${arguments[@]}"
