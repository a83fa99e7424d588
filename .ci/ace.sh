#!/bin/sh
# Installs Ace by DAISY, the accessibility checker for EPUB, into .tools/ace. Does nothing if it is there. Needs Node.js
# and npm, and a Chromium or Chrome to run: the download of a browser of its own is left out. Used by tests only.
set -eu

version=1.4.6
cd "$(dirname "$0")/.."
target=.tools/ace
stamp=$target/version
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$version" ]; then
	echo "Ace $version is installed in $target"
	exit 0
fi
for tool in node npm; do
	command -v "$tool" >/dev/null || { echo "ace.sh: $tool is needed, but not installed" >&2; exit 1; }
done

rm -rf "$target"
mkdir -p "$target"
npm install --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error "@daisy/ace@$version"
test -x "$target/node_modules/.bin/ace-puppeteer"
echo "$version" >"$stamp"
