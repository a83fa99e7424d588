#!/bin/sh
# Installs icalendar, a parser of calendar files in Python, into .tools/icalendar. Does nothing if it is there. Needs
# Python 3 with venv; used by tests only.
set -eu

version=7.3.0
cd "$(dirname "$0")/.."
target=.tools/icalendar
stamp=$target/version
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$version" ]; then
	echo "icalendar $version is installed in $target"
	exit 0
fi
command -v python3 >/dev/null || { echo "icalendar.sh: python3 is needed, but not installed" >&2; exit 1; }

rm -rf "$target"
python3 -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check "icalendar==$version"
"$target/bin/python" -c 'import icalendar; print("icalendar", icalendar.__version__)'
echo "$version" >"$stamp"
