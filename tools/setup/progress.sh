# shellcheck shell=bash
#===- progress.sh - long steps with a progress line ----------------------===#
#
# Part of Voxc, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Sourced by setup.sh. run_step runs one long command with its output in
# $voxc_logs/STEP.log and shows how long it has been running and the last line
# it printed: in place on a terminal, one plain line every ten seconds
# otherwise. A step that fails says so in one line with what to do about it.
#
#===----------------------------------------------------------------------===#

say() { printf '%s\n' "$*"; }

# fail WHAT [HINT]: one clear line each, and the end.
fail() {
  printf '\nerror: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

# One progress line: title, seconds, the last line of the log.
show_progress() {
  local title=$1 seconds=$2 log=$3 last width
  last=$(tail -c 400 "$log" 2>/dev/null | tr '\r' '\n' | grep -v '^[[:space:]]*$' |
    tail -n 1 | tr -d '\000-\037' || true)
  if [ -t 1 ]; then
    width=$(tput cols 2>/dev/null || echo 80)
    last="$title, ${seconds} s: $last"
    printf '\r\033[K%s' "${last:0:$((width - 1))}"
  else
    printf '%s, %s s: %s\n' "$title" "$seconds" "${last:0:120}"
  fi
}

# What to do about a failed step, as far as its log tells.
failure_hint() {
  local log=$1
  if grep -qiE 'no space left on device' "$log"; then
    echo "the disk is full: free some space and run the same command again"
  elif grep -qiE 'temporary failure|could ?n.t resolve|failed to resolve|name resolution|network is unreachable|connection (refused|reset|timed out)|could not connect|max retries|no matching distribution' "$log"; then
    echo "the network or the package server does not answer: check the connection (and proxy settings), then run the same command again"
  elif grep -qiE 'bad_alloc|cannot allocate memory|out of memory|signal 9|unable to execute command: killed' "$log"; then
    echo "memory ran out: close other programs or add swap, then run the same command again"
  else
    echo "the last lines above say why; the whole output is in $log"
  fi
}

# Ends the step's process group when the user interrupts.
stop_step() {
  kill -TERM -- "-$1" 2>/dev/null || true
  printf '\ninterrupted; what is done is kept\n' >&2
  exit 130
}

# run_step STEP TITLE COMMAND...
run_step() {
  local step=$1 title=$2 begin=$SECONDS shown=$SECONDS status=0 pid log
  shift 2
  mkdir -p "${voxc_logs:?}"
  log="$voxc_logs/$step.log"
  # Job control gives the step a process group of its own, so that an
  # interrupt ends everything it started.
  set -m
  (set -e && "$@") >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  # shellcheck disable=SC2064 # the id of this step, now
  trap "stop_step $pid" INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    if [ -t 1 ] || [ $((SECONDS - shown)) -ge 10 ]; then
      show_progress "$title" $((SECONDS - begin)) "$log"
      shown=$SECONDS
    fi
    sleep 0.2
  done
  wait "$pid" || status=$?
  trap - INT TERM
  [ ! -t 1 ] || printf '\r\033[K'
  if [ "$status" -ne 0 ]; then
    tail -n 15 "$log" | sed 's/^/  /' >&2
    fail "$title failed after $((SECONDS - begin)) s (log: $log)" "$(failure_hint "$log")"
  fi
  say "$title: done in $((SECONDS - begin)) s"
}
