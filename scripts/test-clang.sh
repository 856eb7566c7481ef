#!/usr/bin/env bash
# test-clang.sh: builds with Clang what a run needs, and with it runs a loop, a graph and a recursion on every backend, and
# what prints reports. `./test.sh clang` runs everything, which takes much longer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/build.sh clang --then "its tests"
ctest --preset clang -j "$((2 * $(nproc)))" -R '^(contract\.(primes|graph|fib)\.|cli\.reporting$)'
