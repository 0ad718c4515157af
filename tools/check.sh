#!/usr/bin/env bash
#===- check.sh - build and run the test suite ----------------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: tools/check.sh [--filter=TEXT] [MODE]
#
# Installs what is missing, builds everything, runs the unit tests and the lit
# suite, and ends in the line "N passed, N failed"; the exit code is 0 where
# nothing failed.
#
#   --filter=TEXT  only tests whose name contains TEXT
#
# and, instead of the suite, one of
#   --sanitize     the lit suite, on a build in build-sanitize/ with the address
#                  and undefined-behaviour sanitizers and with assertions
#   --coverage     the suite, on a build in build-coverage/ that counts which lines
#                  of lib/ it runs; a table, and a page in build-coverage/html/
#   --random=N     N random graphs, compiled and compared with the evaluator
#   --open=N       the same with extents of the inputs open, at several sizes
#   --second-opinion=N  the same, and the evaluator compared with ONNX Runtime
#   --conformance=N  every N-th case of ONNX's conformance suites, by the seed
#   --fuzz=SECONDS each of libFuzzer's harnesses for so long, on a build in
#                  build-fuzz/ with the sanitizers; what crashes is left there
#   --full-sweep   the numeric tests of every template over all combinations
#   --format       the format of the C and C++ files
#   --seed=S       where the random graphs begin, which cases are drawn (default 1)
#
#===----------------------------------------------------------------------===#
set -euo pipefail

# shellcheck source=tools/setup/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup/setup.sh"

usage() { sed -n '/^# usage/,/^#===/{/^#===/d;s/^# \?//p}' "${BASH_SOURCE[0]}"; }

mode=suite filter='' count=0 seed=1
passed=0 failed=0 skipped=0

set_mode() {
  [ "$mode" = suite ] || fail "--$mode and --$1 do not go together" "run them one after the other"
  mode=$1
}

# number_of FLAG VALUE: the value, checked.
number_of() {
  [[ $2 =~ ^[0-9]{1,9}$ ]] || fail "$1: '$2' is no number; expected a whole number"
  echo "$((10#$2))"
}

parse_arguments() {
  local argument flag
  for argument in "$@"; do
    case $argument in
    --help | -h) usage && exit 0 ;;
    --filter=*) filter=${argument#*=} ;;
    --sanitize | --coverage | --full-sweep | --format) set_mode "${argument#--}" ;;
    --random=* | --open=* | --second-opinion=*)
      flag=${argument%%=*}
      set_mode "${flag#--}"
      count=$(number_of "$flag" "${argument#*=}") || exit 1
      ;;
    --conformance=*)
      set_mode conformance
      count=$(number_of --conformance "${argument#*=}") || exit 1
      ;;
    --fuzz=*)
      set_mode fuzz
      count=$(number_of --fuzz "${argument#*=}") || exit 1
      ;;
    --seed=*) seed=$(number_of --seed "${argument#*=}") || exit 1 ;;
    *) fail "unknown argument '$argument'" "tools/check.sh --help lists the arguments" ;;
    esac
  done
}

# Runs a command whose failures are counted from its report instead.
tolerate() { "$@" || true; }

# add_report KIND FILE NAME: adds what a report counts; a run that left no
# report ended badly, and that is a failure of its own.
add_report() {
  local counts
  if [ ! -s "$2" ]; then
    say "FAILED: $3 ended without a report (log: $voxc_logs/$3.log)"
    tail -n 15 "$voxc_logs/$3.log" | sed 's/^/  /'
    failed=$((failed + 1))
    return
  fi
  read -r -a counts < <(python3 "$voxc_setup/count_tests.py" "$1" "$2")
  passed=$((passed + counts[0]))
  failed=$((failed + counts[1]))
  skipped=$((skipped + counts[2]))
  say "$3: ${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped"
}

# The GoogleTest programs of a build: all are called SOMETHINGTests.
unit_tests() { find "$1/bin" "$1/test" -name '*Tests' -type f -perm -u+x 2>/dev/null | sort; }

run_unit_tests() {
  local folder=$1 program name report
  while read -r program; do
    name=$(basename "$program")
    report="$voxc_logs/$name.json"
    rm -f "$report"
    run_step "$name" "$name" tolerate "$program" "--gtest_filter=*$filter*" \
      "--gtest_output=json:$report"
    add_report gtest "$report" "$name"
  done < <(unit_tests "$folder")
}

run_lit() {
  local folder=$1 name=lit report
  [ "$folder" = "$voxc_build" ] || name="lit-$(basename "$folder")"
  report="$voxc_logs/$name.json"
  rm -f "$report"
  run_step "$name" "Running lit in $(basename "$folder")" tolerate \
    lit -j "$(jobs_count)" --allow-empty-runs --filter="$filter" -o "$report" "$folder/test"
  add_report lit "$report" "$name"
}

prepare() {
  ensure_dependencies
  configure "$voxc_build"
  build "$voxc_build"
}

check_suite() {
  prepare
  run_unit_tests "$voxc_build"
  run_lit "$voxc_build"
}

# configure_sanitized FOLDER [cmake options]: assertions stay on in such a build,
# as there is no -DNDEBUG.
configure_sanitized() {
  local folder=$1 flags="-O1 -g1"
  shift
  ensure_dependencies
  configure "$folder" -DVOXC_SANITIZE=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    "-DCMAKE_C_FLAGS_RELWITHDEBINFO=$flags" "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=$flags" "$@"
}

check_sanitize() {
  local folder="$voxc_root/build-sanitize"
  configure_sanitized "$folder"
  build "$folder"
  run_lit "$folder"
}

check_coverage() {
  local folder="$voxc_root/build-coverage" programs
  ensure_dependencies
  configure "$folder" -DVOXC_COVERAGE=ON
  build "$folder"
  rm -rf "$folder/profiles" "$folder/html"
  # Runs of one program add to one file.
  export LLVM_PROFILE_FILE="$folder/profiles/%m.profraw"
  run_unit_tests "$folder"
  run_lit "$folder"
  unset LLVM_PROFILE_FILE
  run_step coverage-merge "Adding up the counts" \
    "$voxc_llvm/bin/llvm-profdata" merge -sparse "$folder"/profiles/*.profraw \
    -o "$folder/lines.profdata"
  mapfile -t programs < <(find "$folder/bin" "$folder/test" -type f -perm -u+x \
    \( -path '*/bin/*' -o -name '*Tests' \) -printf '-object=%p\n')
  run_step coverage-page "Writing the page" \
    "$voxc_llvm/bin/llvm-cov" show "${programs[@]}" "-instr-profile=$folder/lines.profdata" \
    -format=html "-output-dir=$folder/html" -show-directory-coverage "$voxc_root/lib"
  "$voxc_llvm/bin/llvm-cov" export "${programs[@]}" "-instr-profile=$folder/lines.profdata" \
    -summary-only "$voxc_root/lib" | python3 "$voxc_setup/coverage_table.py" "$voxc_root/lib"
  say "every line: $folder/html/index.html"
}

# Adds the last "N passed, N failed" of a step's log.
add_last_line() {
  local line
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$voxc_logs/$1.log" | tail -n 1 || true)
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    [ "${BASH_REMATCH[2]}" -eq 0 ] || cat "$voxc_logs/$1.log"
  else
    say "FAILED: $1 ended without a result"
    tail -n 15 "$voxc_logs/$1.log" | sed 's/^/  /'
    failed=$((failed + 1))
  fi
}

# random_graphs PYTHON [options]
random_graphs() {
  local python=$1
  shift
  run_step "$mode" "$count random graphs from seed $seed" tolerate \
    "$python" "$voxc_root/test/Random/random-graphs.py" \
    --count "$count" --seed "$seed" --build "$voxc_build" "$@"
  grep '^graphs:' "$voxc_logs/$mode.log" || true
  add_last_line "$mode"
}

check_random() {
  prepare
  random_graphs python3
}

check_open() {
  prepare
  random_graphs python3 --open
}

check_second_opinion() {
  prepare
  ensure_bench_python
  random_graphs "$voxc_deps/bench/bin/python3" --second-opinion
}

check_conformance() {
  prepare
  ensure_conformance_python
  run_step conformance "1 of $count of ONNX's conformance cases, seed $seed" tolerate \
    "$voxc_deps/conformance/bin/python3" -W ignore \
    "$voxc_root/test/Conformance/conformance.py" --share="$count" --seed="$seed"
  add_last_line conformance
}

# Inputs that reach new code are added to a copy of the kept ones.
check_fuzz() {
  local folder="$voxc_root/build-fuzz" name
  configure_sanitized "$folder" -DVOXC_FUZZ=ON
  build "$folder" fuzz-import fuzz-text fuzz-tensor
  python3 "$voxc_root/test/Fuzz/seeds.py" "$folder/seeds"
  for name in import text tensor; do
    mkdir -p "$folder/corpus/$name" "$folder/seeds/$name" "$folder/crashes"
    if run_step "fuzz-$name" "fuzz-$name for $count s" \
      "$folder/bin/fuzz-$name" "-max_total_time=$count" -rss_limit_mb=2048 -timeout=10 \
      "-artifact_prefix=$folder/crashes/$name-" -print_final_stats=1 \
      "$folder/corpus/$name" "$folder/seeds/$name" "$voxc_root/test/Fuzz/Corpus/$name"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
}

# The full sweep is the numeric tests with everything instead of a covering
# array.
check_full_sweep() {
  prepare
  export VOXC_FULL_SWEEP=1
  filter=${filter:-Numeric}
  run_unit_tests "$voxc_build"
  run_lit "$voxc_build"
}

# One check, however many files there are.
check_format() {
  local files wrong
  ensure_debian_packages
  cd "$voxc_root"
  mapfile -t files < <(find lib include tools test docs \
    -name '*.cpp' -o -name '*.h' -o -name '*.c' | sort)
  mapfile -t wrong < <(clang-format-22 --dry-run -Werror "${files[@]}" 2>&1 |
    sed -nE 's/^([^: ]+):[0-9]+:[0-9]+: error: .*/\1/p' | uniq)
  if [ "${#wrong[@]}" -eq 0 ]; then
    say "format: ${#files[@]} files are as clang-format-22 writes them"
    passed=$((passed + 1))
  else
    say "FAILED: format; to put it right: clang-format-22 -i ${wrong[*]}"
    failed=$((failed + 1))
  fi
}

parse_arguments "$@"
begin=$SECONDS
"check_${mode//-/_}"
[ "$skipped" -eq 0 ] || say "$skipped skipped (named above)"
say "in $((SECONDS - begin)) s"
say "$passed passed, $failed failed"
[ "$failed" -eq 0 ] || exit 1
