#!/usr/bin/env bash
# test-sanitized.sh asan|tsan: builds with that sanitizer and runs the tests of what all else stands on: the SDK, the
# scheduling kit, text, files and processes. `./test.sh asan tsan` runs everything, which takes much longer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=$1
suites=(sdk kit team)
[ "$preset" = tsan ] || suites+=(support process)  # those have no threads
mutants=()
[ "$preset" != tsan ] || mutants=(--target mutants)  # which only it finds
"scripts/build.sh" "$preset" $(printf -- '--target %s_tests ' "${suites[@]}") "${mutants[@]}" --then "its tests"
pattern=$(IFS='|' && echo "^(${suites[*]})\\.${mutants:+|^stress\\.mutants$}")
ctest --preset "$preset" -j "$(nproc)" -R "$pattern"
