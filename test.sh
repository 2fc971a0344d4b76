#!/usr/bin/env bash
# Runs every test of Live800.Portal, the browser tests among them, and ends with a line "N passed, N failed".
#   ./test.sh          the default suite
#   ./test.sh --long   the long suites too (10,000 delivery runs, 100 restarts)
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

while [ $# -gt 0 ]; do
  case "$1" in
    --long) export LIVE800_LONG=1 ;;
    *) echo "unknown option: $1 (known: --long)" >&2; exit 2 ;;
  esac
  shift
done

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

install() { # what for, packages
  if ! command -v apt-get >/dev/null; then return 1; fi
  echo "Installing $1 ..."
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}" >/dev/null
}

# The browser tests drive the distribution's own Chromium; Chinese text needs Chinese glyphs.
if [ -z "${LIVE800_CHROMIUM:-}" ]; then
  for name in chromium chromium-browser google-chrome; do
    found=$(command -v "$name") && break
  done
  if [ -z "${found:-}" ]; then
    install "Chromium and Chinese fonts" chromium fonts-noto-cjk ||
      { echo "Chromium is missing and could not be installed. Install Chromium and the Noto CJK fonts, or set LIVE800_CHROMIUM to its path." >&2; exit 1; }
    found=$(command -v chromium)
  fi
  export LIVE800_CHROMIUM="$found"
fi

# Some host pages are built with frameworks of others: npm brings those, Debian the one that npm does not have. Without them only these pages' tests fail, and say so.
# Some run behind a real nginx with TLS, as it is shipped in deploy/.
needs=()
[ -x /usr/sbin/nginx ] || [ -x /usr/bin/nginx ] || needs+=(nginx-light)
command -v npm >/dev/null || needs+=(npm)
[ -n "${LIVE800_PROTOTYPE:-}" ] || [ -e /usr/share/javascript/prototype/prototype.js ] || needs+=(libjs-prototype)
if [ ${#needs[@]} -gt 0 ]; then install "${needs[*]}" "${needs[@]}" || echo "${needs[*]} could not be installed." >&2; fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export LIVE800_FIGURES="$results/figures.txt"

fail_early() { echo "$1" >&2; echo "0 passed, 1 failed"; exit 1; }
dotnet build Live800.Portal.sln -v quiet || fail_early "The build failed."
# The build has judged the style already (its rules are errors there); what is left are blanks and line ends, seen in seconds. --long asks for all of it again.
if [ -n "${LIVE800_LONG:-}" ]; then check=(Live800.Portal.sln --no-restore); else check=(whitespace . --folder --exclude $(find . -type d \( -name obj -o -name bin \) -prune)); fi
dotnet format "${check[@]}" --verify-no-changes || fail_early "Formatting differs from .editorconfig: run dotnet format."

# The browser tests drive the portal as it is installed, compiled ahead of time: their many starts take a quarter less.
portal="$results/portal"
if dotnet publish Live800.Portal -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -p:RunAnalyzers=false -o "$portal" -v quiet; then
  export LIVE800_PORTAL="$portal/Live800.Portal.dll"
else
  fail_early "Publishing the portal failed."
fi

# A test that stands still is named and ended after ten minutes, instead of the whole run with its last line.
run() { # file, filter
  dotnet test Live800.Portal.sln --no-build --logger "console;verbosity=minimal" --results-directory "$results/found" --blame-hang-timeout 10m --blame-hang-dump-type none --filter "$2" 2>&1 | tee "$1"
  return "${PIPESTATUS[0]}"
}
sum() { grep -oE "$1: +[0-9]+" "$2" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
failures() { grep -oE '^  Failed [A-Za-z0-9_.]+' "$1" | awk '{ print $2 }' | sort -u; }
ended() { grep -qE '(Passed|Failed)! +- Failed:|^Total tests: ' "$1"; }

passed=0 failed=0 status=0
# A test on a loaded machine can be late: where few have failed, those are tried once more, alone, and named. Any other failure stands. A runner that died (a browser that stopped answering takes it along) is tried again as a whole.
suite() { # name, filter, how many may be tried once more
  local again="" code still won lost
  run "$results/$1.txt" "$2"; code=$?
  won=$(sum Passed "$results/$1.txt"); lost=$(sum Failed "$results/$1.txt")
  if ! ended "$results/$1.txt"; then
    again=$2
  elif [ "$code" -ne 0 ] && [ "$lost" -gt 0 ] && [ "$lost" -le "$3" ]; then
    again=$(failures "$results/$1.txt" | sed 's/^/FullyQualifiedName~/' | paste -sd '|')
  fi
  if [ -n "$again" ]; then
    echo "Tried once more: $again"
    run "$results/$1-again.txt" "$again"; code=$?
    if ended "$results/$1-again.txt"; then
      still=$(sum Failed "$results/$1-again.txt")
      if [ "$again" = "$2" ]; then won=$(sum Passed "$results/$1-again.txt"); else won=$((won + lost - still)); fi
      lost=$still
    fi
  fi
  passed=$((passed + won)); failed=$((failed + lost))
  if [ "$code" -ne 0 ]; then status=$code; fi
}

browser=FullyQualifiedName~Live800.Portal.Tests.Browser.
suite rest "${browser/\~/!~}" 3
# In a process of their own: hundreds of portals have lived in the first one by then.
suite browser "$browser" 5

# What goes through the whole house once more, behind nginx with TLS: the chat with its stream, the frame as another site's (which has no storage there), files, the full-page chat, seats.
echo "Behind nginx with TLS:"
figures=$LIVE800_FIGURES
export LIVE800_FIGURES="$results/nginx-figures.txt" LIVE800_THROUGH_NGINX=1
suite nginx 'FullyQualifiedName~Browser.MainJobTests|FullyQualifiedName~Browser.FilesTests|FullyQualifiedName~Widget.ChatPageTests|FullyQualifiedName~Widget.FrameTests|FullyQualifiedName~Browser.SeatTests' 2
export LIVE800_FIGURES=$figures

if [ -s "$LIVE800_FIGURES" ]; then
  echo; echo "Figures of this run:"; sort "$LIVE800_FIGURES"; echo
fi

# A runner that died (a crash, a time-out, no test found) has failed, whatever it counted.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
