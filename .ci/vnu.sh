#!/bin/sh
# Installs the Nu Html Checker, which judges HTML, CSS and ARIA, into .tools/vnu/vnu.jar. Does nothing if it is there. Needs
# npm to fetch it and Java to run; used by tests only.
set -eu

version=26.9.27
cd "$(dirname "$0")/.."
target=.tools/vnu
stamp=$target/version
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$version" ]; then
	echo "The Nu Html Checker $version is installed in $target"
	exit 0
fi
for tool in java npm; do
	command -v "$tool" >/dev/null || { echo "vnu.sh: $tool is needed, but not installed" >&2; exit 1; }
done

rm -rf "$target"
mkdir -p "$target"
npm install --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error "vnu-jar@$version"
mv "$target/node_modules/vnu-jar/build/dist/vnu.jar" "$target/vnu.jar"
rm -rf "$target/node_modules" "$target/package.json" "$target/package-lock.json"
java -jar "$target/vnu.jar" --version
echo "$version" >"$stamp"
