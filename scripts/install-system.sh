#!/bin/sh
# WeasyPrint needs Pango, and libharfbuzz-subset to write PDF quickly. Installs them where it may.
set -u

has() { "${PYTHON:-python3}" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))" 2>/dev/null; }

if has pango-1.0 && has pangoft2-1.0 && has harfbuzz-subset; then
    exit 0
fi
if command -v apt-get >/dev/null; then
    packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n apt-get update -qq && sudo -n apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
    fi
    echo "examgen needs Pango: run  sudo apt-get install $packages" >&2
elif command -v brew >/dev/null; then
    brew install pango harfbuzz >/dev/null && exit 0
    echo "examgen needs Pango: run  brew install pango harfbuzz" >&2
else
    echo "examgen needs the system libraries Pango and HarfBuzz (with harfbuzz-subset): install them with your package manager" >&2
fi
exit 0
