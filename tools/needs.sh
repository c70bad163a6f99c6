#!/bin/sh
# What the tests need besides Python: a browser, gettext and PostgreSQL. Installs what is missing
# through apt where it may, else fails and names it.
set -eu
postgres="$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null || command -v postgres || true)"
missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium"
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
[ -n "$postgres" ] || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need these packages, and only root can install them: apt-get install$missing" >&2
    exit 1
fi
echo "Installing$missing ..."
export DEBIAN_FRONTEND=noninteractive
# The tests start their own server in a temporary folder: none is wanted at boot.
mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/tumar-tests.conf
apt-get update -q >/dev/null
# shellcheck disable=SC2086  # one word per package
if ! apt-get install -y -q --no-install-recommends $missing >/dev/null; then
    echo "These packages could not be installed:$missing" >&2
    exit 1
fi
