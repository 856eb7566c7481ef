#!/usr/bin/env bash
# Installs what is missing, builds, measures and reports.
#   ./run.sh                 the preset `quick`: every runtime on this machine, in about a minute and a half
#   ./run.sh --build-only    stop after the build
#   ./run.sh ARGUMENTS...    the arguments of `runoff run` (./run.sh --help lists them)
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
"$here/scripts/install.sh"
if [ "${1-}" = --build-only ]; then
  exec "$here/scripts/build.sh" release
fi
[ $# -eq 0 ] && next="about 90 s of measuring" || next="the run"
"$here/scripts/build.sh" release --then "$next"
exec "$here/build/release/bin/runoff" run "$@"
