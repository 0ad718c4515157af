#!/usr/bin/env bash
#===- demo.sh - from a fresh clone to compiled networks ------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: tools/demo.sh
#
# Installs what is missing, builds Voxc into build/ (programs in build/bin),
# compiles the bundled networks (docs/examples) to executables and static
# libraries in build/demo, runs them on their samples and prints one table. The
# second run takes seconds.
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup/setup.sh"

case ${1:-} in
'') ;;
--help | -h)
  sed -n '/^# usage/,/^#===/{/^#===/d;s/^# \?//p}' "${BASH_SOURCE[0]}"
  exit 0
  ;;
*) fail "unknown argument '$1'" "tools/demo.sh takes none" ;;
esac

ensure_dependencies
configure "$voxc_build"
build "$voxc_build"
exec python3 "$voxc_root/tools/demo/demo.py"
