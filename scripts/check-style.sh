#!/usr/bin/env bash
# check-style.sh: that C++ is formatted as .clang-format says, and that the newest commit's subject is short enough.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fault=0
if command -v clang-format >/dev/null; then
  # Debian 12's: other versions break lines elsewhere.
  git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run --Werror || fault=1
else
  echo "check-style.sh: no clang-format here; formatting is not checked" >&2
fi
subject=$(git log -1 --format=%s)
if [ "${#subject}" -gt 72 ]; then
  echo "check-style.sh: the subject of the newest commit has ${#subject} characters, 72 are allowed: $subject" >&2
  fault=1
fi
exit "$fault"
