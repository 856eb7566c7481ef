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

"$here/scripts/install.sh" --tests
"$here/scripts/nginx-for-tests.sh"
for preset in "${presets[@]}"; do "$here/scripts/build.sh" "$preset"; done
cd "$here"
status=0
# Many tests wait: more of them at once than there are cores.
jobs=$(($(nproc) + 2))
for preset in "${presets[@]}"; do ctest --preset "$preset" -j "$jobs" "$@" || status=$?; done
exit "$status"
