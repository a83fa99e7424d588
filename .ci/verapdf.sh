#!/usr/bin/env bash
# Installs veraPDF's validation library into .tools/verapdf with Maven, and a command .tools/verapdf/verapdf that runs it.
# Does nothing if that is done already. The library brings the Rhino shell along, which runs verapdf.js: no compiler needed.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.30.2
dir=.tools/verapdf
[ "$(cat $dir/version 2>/dev/null || true)" = "$version" ] && exit 0

rm -rf $dir
mkdir -p $dir
cat >$dir/pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>evbook</groupId>
  <artifactId>verapdf</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.verapdf</groupId>
      <artifactId>validation-model</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
POM
(cd $dir && mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib)
cp .ci/verapdf.js $dir/
cat >$dir/verapdf <<'RUN'
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec java -Xmx2g -cp "$here/lib/*" org.mozilla.javascript.tools.shell.Main "$here/verapdf.js" "$@"
RUN
chmod +x $dir/verapdf
echo $version >$dir/version
echo "veraPDF $version is in $dir"
