#!/usr/bin/env bash
# install.sh [--tests] [--more]: installs what is missing of scripts/packages.txt; with --tests what only tests use, with
# --more what brings the backends of large packages. Does nothing, and needs no rights, when all of it is there.
set -euo pipefail
list="$(dirname "${BASH_SOURCE[0]}")/packages.txt"

marks='?'
for word in "$@"; do
  case $word in
    --tests) marks+=t ;;
    --more) marks+=m ;;
    *) echo "install.sh: unknown argument '$word'; there are --tests and --more" >&2 && exit 2 ;;
  esac
done

missing() {  # missing REGEX: the packages on lines that match and of which none is installed, such as ONE|OTHER
  grep -v '^#' "$list" | grep -E "$1" | while read -r packages _; do
    # It fails where it does not know one of them.
    { dpkg-query -W -f '${Status}\n' ${packages//|/ } 2>/dev/null || true; } | grep -q 'ok installed' || echo "$packages"
  done
}

to_be_had() {  # to_be_had ONE|OTHER...: of each the first that apt knows here, else the last
  local packages package
  for packages in "$@"; do
    for package in ${packages//|/ }; do
      if [ -n "$(apt-cache madison "$package" 2>/dev/null)" ]; then break; fi
    done
    echo "$package"
  done
}

if ! command -v apt-get >/dev/null; then
  echo "install.sh: no apt-get here; install what scripts/packages.txt names by your own means" >&2
  exit 0
fi
required=$(missing '^[^ ]*$')
optional=$(missing " [$marks]\$")
[ -z "$required$optional" ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "install.sh: needs root to install:" $required $optional "- run it as root, or install sudo" >&2
    exit 3
  }
  as_root=(sudo)
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >/dev/null; }

echo "installing:" $required $optional
apt update
required=$(to_be_had $required)
optional=$(to_be_had $optional)
# Recommended packages are left out: they would bring a second Boost, which conflicts with the first.
[ -z "$required" ] || apt install -y --no-install-recommends $required
# All at once takes a fraction of the time; where that fails, one by one finds which of them cannot be had.
[ -z "$optional" ] || apt install -y --no-install-recommends $optional 2>/dev/null || for package in $optional; do
  apt install -y --no-install-recommends "$package" ||
    echo "install.sh: could not install $package; what needs it is left out (see 'runoff list')" >&2
done
