#!/usr/bin/env bash
# Unpacks nginx into build/test-tools, for tests that need a real server. Not installed: the package would start a
# server on port 80, now and at every boot. Does nothing where there is one already; without it those tests are skipped.
set -euo pipefail
target="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/build/test-tools"
program=usr/sbin/nginx
[ -x "/$program" ] || [ -x "$target/$program" ] && exit 0
command -v apt-get >/dev/null || exit 0

echo "unpacking nginx for tests ..."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"  # apt downloads as a user of its own
mkdir -p "$target"
if ! { cd "$folder" && apt-get -qq download nginx && dpkg -x ./nginx_*.deb "$target" && "$target/$program" -v; } \
  >"$folder/log" 2>&1; then
  rm -rf "$target"
  echo "nginx-for-tests.sh: no nginx here; tests that need it are skipped: $(tail -n 1 "$folder/log")" >&2
fi
