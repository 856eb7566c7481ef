#!/usr/bin/env bash
# Installs what is missing, builds and runs the tests.
#   ./test.sh                       the release build
#   ./test.sh asan tsan             the sanitizers' builds (or debug; several are run one after the other)
#   ./test.sh release -L tbb        everything from the first option on goes to ctest
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
presets=()
while [ $# -gt 0 ] && [[ $1 != -* ]]; do presets+=("$1"); shift; done
[ ${#presets[@]} -gt 0 ] || presets=(release)

"$here/scripts/install.sh" --tests --more
"$here/scripts/nginx-for-tests.sh"
for preset in "${presets[@]}"; do "$here/scripts/build.sh" "$preset" --tests --then "the tests"; done
cd "$here"
status=0
# Many tests wait much of their time: for a process to start or to end, for a time limit to pass.
jobs=$((2 * $(nproc)))
for preset in "${presets[@]}"; do ctest --preset "$preset" -j "$jobs" "$@" || status=$?; done
exit "$status"
