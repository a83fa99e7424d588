#!/usr/bin/env bash
# Installs the outside judges of the conformance tests: into .tools/ what comes from language registries, and through the
# system's package manager what every system has under its own name. What is there already stays.
set -euo pipefail
cd "$(dirname "$0")/.."

need=()
have() { command -v "$1" >/dev/null 2>&1; }
have pdftotext || need+=(poppler-utils)
have qpdf || need+=(qpdf)
have mutool || need+=(mupdf-tools)
have chromium || have chromium-browser || have google-chrome || need+=(chromium)
have javac || need+=(default-jdk-headless)
have mvn || need+=(maven)
have npm || need+=(npm)
have zbarimg || need+=(zbar-tools)
have mandoc || need+=(mandoc)
python3 -c 'import ensurepip' 2>/dev/null || need+=(python3 python3-venv)

if ((${#need[@]})); then
  if have apt-get; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}"
  else
    echo "Please install with your package manager: ${need[*]}" >&2
    exit 1
  fi
fi

for script in .ci/epubcheck.sh .ci/ace.sh .ci/vnu.sh .ci/verapdf.sh .ci/icalendar.sh; do
  bash "$script"
done
