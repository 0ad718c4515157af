#!/usr/bin/env bash
#===- wheel.sh - build the Python package with the compiler inside -------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: tools/wheel.sh
#
# Installs what is missing, builds everything, and packs the Python package, the
# programs it calls and the shared libraries these need into one wheel in
# build/wheel. Then installs the wheel into an empty environment and compiles
# and runs an example with it, outside of the tree. It needs nothing but numpy
# and a Linux whose C library is as new as this one's.
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup/setup.sh"

if [ $# -gt 0 ]; then
  sed -n '/^# usage/,/^#===/{/^#===/d;s/^# \?//p}' "${BASH_SOURCE[0]}"
  [ "$1" = --help ] || exit 1
  exit 0
fi

# The C library's own parts come with every system.
system_libraries='^(linux-vdso|ld-linux-x86-64|libc|libm|libdl|libpthread|librt)\.so'

# Copies the Python package, and into it the programs and their libraries.
collect() {
  local folder=$1 program name path
  rm -rf "$folder"
  mkdir -p "$folder/voxc/lib"
  cp "$voxc_root"/lib/Bindings/Python/{pyproject.toml,README.md} "$voxc_root/LICENSE" "$folder"
  cp "$voxc_root"/lib/Bindings/Python/voxc/*.py "$folder/voxc"
  "$voxc_build/bin/voxc" --version | sed -nE 's/^voxc ([0-9.]+).*/\1/p' >"$folder/VERSION"
  cmake --install "$voxc_build" --component wheel --strip --prefix "$folder/voxc"
  for program in "$folder"/voxc/bin/*; do
    LD_LIBRARY_PATH="$voxc_libraries" ldd "$program"
  done | sed -nE 's/^\s*(\S+) => (\S+).*/\1 \2/p' | sort -u | while read -r name path; do
    [[ $name =~ $system_libraries ]] || install -m 755 "$path" "$folder/voxc/lib/$name"
  done
  strip --strip-unneeded "$folder"/voxc/lib/*
}

# pack FOLDER TAG
pack() {
  "$voxc_deps/python/bin/python3" -m pip wheel --no-deps --progress-bar off \
    --config-settings="--build-option=--plat-name=$2" --wheel-dir "$voxc_build/wheel" "$1"
}

# In an environment of its own, from a folder where no tree is.
try_out() {
  local wheel=$1 folder
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$folder'" EXIT
  /usr/bin/python3 -m venv "$folder/environment"
  "$folder/environment/bin/python3" -m pip install --progress-bar off "$wheel"
  cp "$voxc_root"/docs/examples/imf/{model.onnx,samples/phantom-0.npy} "$folder"
  cd "$folder"
  env -i PATH=/usr/bin:/bin HOME="$folder" environment/bin/python3 -c '
import numpy, voxc
model = voxc.compile("model.onnx")
print(model)
print(model(numpy.load("phantom-0.npy")))'
}

ensure_dependencies
configure "$voxc_build"
build "$voxc_build"
voxc_libraries="$(dirname "$(find "$voxc_deps/python" -name libHalide.so | head -n 1)"):$voxc_llvm/lib"
libc=$(getconf GNU_LIBC_VERSION | sed -E 's/glibc ([0-9]+)\.([0-9]+)/\1_\2/')
tag="manylinux_${libc}_$(uname -m)"
mkdir -p "$voxc_build/wheel"
rm -f "$voxc_build"/wheel/*.whl
run_step wheel-collect "Collecting programs and libraries" collect "$voxc_build/wheel/source"
run_step wheel-pack "Packing the wheel" pack "$voxc_build/wheel/source" "$tag"
wheel=$(echo "$voxc_build"/wheel/*.whl)
run_step wheel-try "Installing it and running an example" try_out "$wheel"
say "$(du -m "$wheel" | cut -f 1) MiB: ${wheel#"$voxc_root"/}"
