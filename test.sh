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
for preset in "${presets[@]}"; do ctest --preset "$preset" -j "$(nproc)" "$@" || status=$?; done
exit "$status"
