#!/bin/sh
# Some tests need programs: Chromium, nginx, PgBouncer, systemd-analyze. Where this user may install them, they are
# installed; elsewhere those tests are skipped and say so (with CI=true they fail).
PATH="$PATH:/usr/sbin"
missing=""
for program in chromium nginx pgbouncer systemd-analyze; do
  command -v $program >/dev/null 2>&1 || missing="$missing ${program%-analyze}"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing$missing for the tests …"
  log=$(mktemp)
  # shellcheck disable=SC2086 # several words
  if apt-get update >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y $missing >>"$log" 2>&1
  then exit 0; fi
  tail -n 5 "$log"
fi
echo "Missing, so that some tests will be skipped:$missing. On Debian or Ubuntu: apt-get install$missing"
