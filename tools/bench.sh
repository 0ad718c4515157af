#!/usr/bin/env bash
#===- bench.sh - Voxc beside its peers -----------------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Measures models, single layers (--layers), a layer with each activation
# (--activations) or a suite of networks (--suite=3d).
# Installs what is missing, builds Voxc and hands over to tools/bench/bench.py.
# The arguments are those of tools/bench/options.py: tools/bench.sh --help.
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup/setup.sh"

bench="$voxc_root/tools/bench"
for argument in "$@"; do
  case $argument in
  --help | -h) exec python3 "$bench/options.py" --help ;;
  esac
done

# A wrong argument is refused here, before anything is installed or built.
needed=$(python3 "$bench/options.py" "$@")
case $needed in
report) exec python3 "$bench/bench.py" "$@" ;;
files) environment=bench ;;
suite) environment=suite ;;
esac
ensure_dependencies
"ensure_${environment}_python"
configure "$voxc_build"
build "$voxc_build" voxc vox-run vox-compile-kernel vox-activations
exec "$voxc_deps/$environment/bin/python3" "$bench/bench.py" "$@"
