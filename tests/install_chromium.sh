#!/bin/sh
# The browser tests need Chromium. Where this user may install it, it is installed;
# elsewhere those tests are skipped and say so (with CI=true they fail).
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests …"
  log=$(mktemp)
  if apt-get update >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium >>"$log" 2>&1
  then exit 0; fi
  tail -n 5 "$log"
fi
echo "Chromium is missing: the browser tests will be skipped. On Debian or Ubuntu: apt-get install chromium"
