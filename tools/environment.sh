#!/bin/sh
# Make .venv with the locked dependencies and Tumar itself: environment.sh runtime|development.
# Does nothing when the lock has not changed since.
set -eu
cd "$(dirname "$0")/.."
case "$1" in
    runtime) lock=requirements.lock ;;
    development) lock=requirements-dev.lock ;;
esac

stamp=".venv/.$1"
now="$(cat "$lock" pyproject.toml requirements.in | sha256sum)"
if [ -x .venv/bin/tumar ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
    exit 0
fi

python=""
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$candidate"
        break
    fi
done
if [ -z "$python" ]; then
    echo "Tumar needs Python 3.11 or newer; on Debian 12: apt-get install python3.11 python3.11-venv" >&2
    exit 1
fi

if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv
    install="uv pip install --quiet --python .venv/bin/python"
else
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "Python's venv module is missing; on Debian 12: apt-get install python3.11-venv" >&2
        exit 1
    fi
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    install=".venv/bin/python -m pip install -qq --disable-pip-version-check"
fi

echo "Installing what $lock names ..."
# The lock names every package there is to install, so nothing is to be resolved.
$install --no-deps --require-hashes -r "$lock"
$install --no-deps --no-build-isolation --no-index -e .
echo "$now" > "$stamp"
