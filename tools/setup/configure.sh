#!/usr/bin/env bash
#===- configure.sh - run CMake as demo.sh and check.sh do ----------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: tools/setup/configure.sh FOLDER [cmake options]
# Installs what is missing, then configures FOLDER (Release unless an option
# says otherwise).
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if [ $# -eq 0 ] || [ "$1" = --help ]; then
  sed -n '/^# usage/,/^#$/s/^# \?//p' "${BASH_SOURCE[0]}"
  exit $(($# == 0))
fi
case $1 in
/*) folder=$1 ;;
*) folder=$PWD/$1 ;;
esac
shift
ensure_dependencies
configure "$folder" "$@"
