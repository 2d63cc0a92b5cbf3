#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Install the Debian packages named that are not there yet, through sudo when not
# root.  With all of them there, nothing is run and no network is needed.
set -eu

missing=
for package; do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
    *'ok installed') ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "these Debian packages are missing and there is no apt-get:$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
install="$as_root apt-get install -y --no-install-recommends -qq"
# shellcheck disable=SC2086
$install $missing >/dev/null 2>&1 || {
    $as_root apt-get update -qq
    $install $missing >/dev/null
}
