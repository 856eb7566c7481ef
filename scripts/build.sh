#!/usr/bin/env bash
# build.sh PRESET [--tests] [--target NAME]... [--then TEXT]: configures and builds into build/PRESET what a run needs;
# with --tests also the tests and the benchmarks; with --target these targets alone. Says how far it is and, after that,
# what comes next (TEXT). Prints the compiler's words only when something goes wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=$1
shift
targets=(all)
named=()
next=
while [ $# -gt 0 ]; do
  case $1 in
    --tests) targets+=(tests/all benchmarks/all) ;;
    --target) named+=("$2") && shift ;;
    --then) next=$2 && shift ;;
    *) echo "build.sh: unknown argument '$1'" >&2 && exit 2 ;;
  esac
  shift
done
[ ${#named[@]} -eq 0 ] || targets=("${named[@]}")

log=$(mktemp)
trap 'rm -f "$log"' EXIT
fail() {
  cat "$log" >&2
  echo "build.sh: the build failed; the lines above say where" >&2
  exit 1
}

# "about 3 min left": as if each step took as long as those that are done.
time_left() {  # time_left DONE ALL
  if [ "$SECONDS" -lt 5 ] || [ "$1" -eq 0 ]; then return; fi
  local seconds=$((SECONDS * ($2 - $1) / $1))
  if [ "$seconds" -lt 60 ]; then echo ", less than a minute left"; else echo ", about $(((seconds + 30) / 60)) min left"; fi
}

# Reads ninja's lines, keeps them in the log, and shows how far it is: in place on a terminal, else every tenth.
show_progress() {
  local line tenth=0 width
  width=$(tput cols 2>/dev/null || echo 80)
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]] || continue
    local done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
    local text="building ($preset) [$done/$all]$(time_left "$done" "$all")${next:+, then $next}"
    if [ -t 1 ]; then
      printf '\r\e[K%s' "${text:0:$((width - 1))}"
    elif [ $((10 * done / all)) -gt "$tenth" ]; then
      tenth=$((10 * done / all))
      echo "$text"
    fi
  done
  if [ -t 1 ]; then printf '\r\e[K'; fi
}

cmake --preset "$preset" >"$log" 2>&1 || fail
NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset" --target "${targets[@]}" 2>&1 | show_progress || fail
