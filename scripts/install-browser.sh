#!/bin/sh
# Chromium and its driver, in which make test-browser looks at the preview. Installs them where it may.
set -u

if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    exit 0
fi
packages="chromium chromium-driver"
if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n apt-get update -qq && sudo -n apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
    fi
    echo "make test-browser needs Chromium: run  sudo apt-get install $packages" >&2
else
    echo "make test-browser needs the commands chromium and chromedriver: install them with your package manager" >&2
fi
exit 0
