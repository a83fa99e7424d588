#!/bin/sh
# Installs EPUBCheck, the conformance checker for EPUB, into .tools/epubcheck: epubcheck.jar and, in lib, what it needs.
# Does nothing if it is there. Needs Java and Maven; used by tests only.
set -eu

version=5.3.0
cd "$(dirname "$0")/.."
target=.tools/epubcheck
stamp=$target/version
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$version" ]; then
	echo "EPUBCheck $version is installed in $target"
	exit 0
fi
for tool in java mvn; do
	command -v "$tool" >/dev/null || { echo "epubcheck.sh: $tool is needed, but not installed" >&2; exit 1; }
done

rm -rf "$target"
mkdir -p "$target"
cat >"$target/pom.xml" <<EOF
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>evbook.tools</groupId>
  <artifactId>epubcheck</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.w3c</groupId>
      <artifactId>epubcheck</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
EOF
mvn --batch-mode --quiet --file "$target/pom.xml" dependency:copy-dependencies -DoutputDirectory=lib -DincludeScope=runtime
mv "$target/lib/epubcheck-$version.jar" "$target/epubcheck.jar"
java -cp "$target/epubcheck.jar:$target/lib/*" com.adobe.epubcheck.tool.Checker --version
echo "$version" >"$stamp"
