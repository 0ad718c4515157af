# shellcheck shell=bash
#===- setup.sh - install what Voxc is built with -------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Sourced by demo.sh, check.sh, bench.sh and configure.sh. ensure_dependencies
# brings a fresh Debian 12 to where Voxc can be configured: the packages of
# debian.txt, a Python environment with those of python.txt, and the ONNX C++
# library built from its PyPI sources. configure and build do the rest.
#
# A step that is done costs milliseconds: Debian's own data base says what is
# installed, and each other step leaves a stamp, the hash of what it was made
# from, in build/deps.
#
#===----------------------------------------------------------------------===#

voxc_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
voxc_setup="$voxc_root/tools/setup"
voxc_build="$voxc_root/build"
voxc_deps="$voxc_build/deps"
voxc_logs="$voxc_build/logs"
voxc_llvm=/usr/lib/llvm-22

# shellcheck source=tools/setup/progress.sh
. "$voxc_setup/progress.sh"

# Our CMake, FileCheck and lit before whatever else the machine has.
PATH="$voxc_deps/python/bin:$voxc_llvm/bin:$PATH"
export PATH

#===----------------------------------------------------------------------===#
# Lists, stamps, limits
#===----------------------------------------------------------------------===#

# The lines of a list without comments.
list_entries() { sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$1"; }

hash_of() { printf '%s\n' "$@" | sha256sum | cut -d ' ' -f 1; }

is_stamped() { [ "$(cat "$voxc_deps/$1.stamp" 2>/dev/null)" = "$2" ]; }

write_stamp() { mkdir -p "$voxc_deps" && printf '%s\n' "$2" >"$voxc_deps/$1.stamp"; }

# need_disk FOLDER GIB WHAT-FOR
need_disk() {
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1048576) }')
  [ "$free" -ge "$2" ] ||
    fail "$3 needs $2 GiB of free disk space below $1; only $free GiB are free" \
      "free some space there and run the same command again"
}

# As many jobs as there are cores, and no more than memory allows: a file that
# includes Halide, MLIR or ONNX takes up to 1 GiB to compile.
jobs_count() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1258291) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  if [ "$cores" -lt "$memory" ]; then echo "$cores"; else echo "$memory"; fi
}

#===----------------------------------------------------------------------===#
# Debian packages
#===----------------------------------------------------------------------===#

# The major of the upstream version: 22 of 1:22.1.8-1~deb12u1.
upstream_major() {
  local version=${1#*:}
  echo "${version%%[.+~-]*}"
}

# The entries of debian.txt whose package is absent or of another major.
missing_packages() {
  local entry name have installed
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status} ${Version}\n' 2>/dev/null |
    awk '$2 == "installed" { print $1, $3 }')
  while read -r entry; do
    name=${entry%%=*}
    have=$(awk -v name="$name" '$1 == name { print $2; exit }' <<<"$installed")
    if [ -z "$have" ] ||
      [ "$(upstream_major "$have")" != "$(upstream_major "${entry#*=}")" ]; then
      echo "$entry"
    fi
  done < <(list_entries "$voxc_setup/debian.txt")
}

# Runs a command as root. sudo has asked for its password before.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# become_root_for PACKAGES...: checks that as_root will work.
become_root_for() {
  [ "$(id -u)" -ne 0 ] || return 0
  if ! command -v sudo >/dev/null; then
    fail "installing Debian packages needs root, and sudo is not there" \
      "as root run: apt-get update && apt-get install --no-install-recommends $*"
  fi
  sudo -v || fail "sudo was refused, and installing Debian packages needs root" \
    "as root run: apt-get update && apt-get install --no-install-recommends $*"
}

# The version to install for one entry: the pinned one, or the archive's own of
# the same upstream major. Says on standard error what it replaces.
available_version() {
  local name=${1%%=*} pinned=${1#*=} candidate
  if apt-cache madison "$name" | awk '{ print $3 }' | grep -qxF "$pinned"; then
    echo "$pinned"
    return
  fi
  candidate=$(apt-cache policy "$name" | awk '$1 == "Candidate:" { print $2 }')
  if [ -z "$candidate" ] || [ "$candidate" = "(none)" ]; then
    fail "the Debian package $name is not in this machine's package lists" \
      "Voxc is built on Debian 12 (bookworm) with its security updates; check /etc/apt/sources.list and the network"
  fi
  if [ "$(upstream_major "$candidate")" != "$(upstream_major "$pinned")" ]; then
    fail "Debian offers $name $candidate; expected upstream version $(upstream_major "$pinned"), as in $pinned" \
      "Voxc is built on Debian 12 (bookworm) with its security updates"
  fi
  say "$name: the archive no longer has $pinned; installing $candidate" >&2
  echo "$candidate"
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@"
}

ensure_debian_packages() {
  local missing entry version wanted=() names=()
  mapfile -t missing < <(missing_packages)
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail "apt-get is missing: this is not a Debian system" \
      "install what tools/setup/debian.txt lists by the means of your system, or use a Debian 12 container"
  names=("${missing[@]%%=*}")
  become_root_for "${names[@]}"
  need_disk /usr 4 "installing Debian packages"
  run_step apt-update "Reading Debian's package lists" as_root apt-get update
  for entry in "${missing[@]}"; do
    version=$(available_version "$entry") || exit 1
    wanted+=("${entry%%=*}=$version")
  done
  # A pinned version can still be there while what it depends on has moved on.
  if ! apt-get install -s --no-install-recommends "${wanted[@]}" >/dev/null 2>&1; then
    say "the pinned Debian versions no longer go together; installing the archive's own"
    wanted=("${names[@]}")
  fi
  run_step apt-install "Installing ${#wanted[@]} Debian packages" apt_install "${wanted[@]}"
}

#===----------------------------------------------------------------------===#
# Python packages
#===----------------------------------------------------------------------===#

# make_environment FOLDER PACKAGES...: from scratch, so that one that was
# interrupted or moved does no harm; pip keeps its downloads.
make_environment() {
  local folder=$1
  shift
  /usr/bin/python3 -m venv --clear "$folder"
  "$folder/bin/python3" -m pip install --progress-bar off --only-binary=:all: "$@"
}

# ensure_environment NAME TITLE PACKAGES...
ensure_environment() {
  local name=$1 title=$2 stamp
  shift 2
  stamp=$(hash_of "$voxc_deps" "$@")
  if is_stamped "$name" "$stamp" && [ -x "$voxc_deps/$name/bin/python3" ]; then return 0; fi
  mkdir -p "$voxc_deps"
  need_disk "$voxc_deps" 3 "$title"
  run_step "pip-$name" "$title" make_environment "$voxc_deps/$name" "$@"
  write_stamp "$name" "$stamp"
}

ensure_python() {
  local packages
  mapfile -t packages < <(list_entries "$voxc_setup/python.txt" | grep -v '^onnx==')
  ensure_environment python "Installing Halide and CMake from PyPI" "${packages[@]}"
}

ensure_bench_python() {
  local packages
  mapfile -t packages < <(list_entries "$voxc_setup/bench.txt")
  ensure_environment bench "Installing ONNX Runtime and OpenVINO from PyPI" "${packages[@]}"
}

ensure_conformance_python() {
  local packages
  mapfile -t packages < <(list_entries "$voxc_setup/conformance.txt")
  ensure_environment conformance "Installing ONNX's test cases from PyPI" "${packages[@]}"
}

# bench.txt's packages and PyTorch. It is no small matter: 5 GiB when unpacked.
ensure_suite_python() {
  local packages
  mapfile -t packages < <(cat "$voxc_setup/bench.txt" "$voxc_setup/suite.txt" |
    list_entries /dev/stdin)
  [ -e "$voxc_deps/suite.stamp" ] || need_disk "$voxc_build" 9 "installing PyTorch"
  ensure_environment suite "Installing PyTorch and the other peers from PyPI" \
    --no-deps "${packages[@]}"
}

#===----------------------------------------------------------------------===#
# The ONNX C++ library
#===----------------------------------------------------------------------===#

# The compilers and the linker, for ONNX and for Voxc alike. clang-22 looks for
# ld.lld in its own folder first, so lld is version 22's.
compiler_options() {
  printf '%s\n' -G Ninja -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
    -DCMAKE_LINKER_TYPE=LLD
  if command -v ccache >/dev/null; then
    printf '%s\n' -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
}

fetch_onnx_sources() {
  local requirement=$1
  rm -rf "$voxc_deps/onnx-src" "$voxc_deps/onnx-build" "$voxc_deps/onnx"
  mkdir -p "$voxc_deps/onnx-src"
  "$voxc_deps/python/bin/python3" -m pip download --progress-bar off --no-deps \
    --no-binary=onnx --dest "$voxc_deps/src" "$requirement"
  tar -xzf "$voxc_deps/src/onnx-${requirement#onnx==}.tar.gz" \
    -C "$voxc_deps/onnx-src" --strip-components=1
}

build_onnx() {
  local options
  mapfile -t options < <(compiler_options)
  cmake -S "$voxc_deps/onnx-src" -B "$voxc_deps/onnx-build" "${options[@]}" \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$voxc_deps/onnx" \
    -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_POLICY_VERSION_MINIMUM=3.5 \
    -DONNX_USE_PROTOBUF_SHARED_LIBS=ON -DONNX_HARDENING=ON -DONNX_BUILD_PYTHON=OFF
  cmake --build "$voxc_deps/onnx-build" -j "$(jobs_count)"
  cmake --install "$voxc_deps/onnx-build"
}

ensure_onnx() {
  local requirement stamp
  requirement=$(list_entries "$voxc_setup/python.txt" | grep '^onnx==')
  stamp=$(hash_of "$requirement" "$(declare -f build_onnx)")
  if is_stamped onnx "$stamp" && [ -d "$voxc_deps/onnx/lib/cmake/ONNX" ]; then return 0; fi
  need_disk "$voxc_deps" 2 "building ONNX"
  run_step onnx-sources "Fetching the ONNX sources" fetch_onnx_sources "$requirement"
  run_step onnx-build "Building the ONNX library" build_onnx
  rm -rf "$voxc_deps/onnx-build" "$voxc_deps/onnx-src"
  write_stamp onnx "$stamp"
}

#===----------------------------------------------------------------------===#
# All of it, and Voxc
#===----------------------------------------------------------------------===#

ensure_dependencies() {
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
    fail "this machine is $(uname -s) on $(uname -m); expected Linux on x86_64"
  mkdir -p "$voxc_build" || fail "cannot write below $voxc_root" "clone to a folder of your own"
  # Debian's packages take 2 GiB, what is fetched and built here the rest.
  [ -e "$voxc_deps/onnx.stamp" ] || need_disk "$voxc_build" 6 "setting up"
  ensure_debian_packages
  ensure_python
  ensure_onnx
}

# configure FOLDER [cmake options]: skipped while it would say the same again;
# Ninja itself runs CMake when a CMake file has changed.
configure() {
  local folder=$1 options stamp
  shift
  mapfile -t options < <(compiler_options)
  options+=(-DCMAKE_BUILD_TYPE=Release "-DMLIR_DIR=$voxc_llvm/lib/cmake/mlir"
    "-DLLVM_DIR=$voxc_llvm/lib/cmake/llvm" "-DLLD_DIR=$voxc_llvm/lib/cmake/lld"
    "-DCMAKE_PREFIX_PATH=$voxc_deps/python;$voxc_deps/onnx" "$@")
  stamp=$(hash_of "$folder" "${options[@]}")
  if [ -e "$folder/build.ninja" ] &&
    [ "$(cat "$folder/configure.stamp" 2>/dev/null)" = "$stamp" ]; then return 0; fi
  run_step "configure-$(basename "$folder")" "Configuring $(basename "$folder")" \
    cmake -S "$voxc_root" -B "$folder" "${options[@]}"
  printf '%s\n' "$stamp" >"$folder/configure.stamp"
}

# build FOLDER [targets]
build() {
  local folder=$1 title
  shift
  # Nothing to do is the common case, and not worth a line.
  if ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do'; then return 0; fi
  title="Building Voxc in $(basename "$folder")"
  need_disk "$folder" 2 "$title"
  run_step "$(basename "$folder")" "$title" ninja -C "$folder" -j "$(jobs_count)" "$@"
}
