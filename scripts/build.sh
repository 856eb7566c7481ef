#!/usr/bin/env bash
# build.sh PRESET: configures and builds into build/PRESET, quietly unless something goes wrong.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=$1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building ($preset) ..."
if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "build.sh: the build failed; the lines above say where" >&2
  exit 1
fi
