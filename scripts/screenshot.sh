#!/usr/bin/env bash
# Makes docs/report.png: the HTML report of a run against the embedded endpoint with a fault.
# Needs Chromium. Usage: bash scripts/screenshot.sh [command that runs the program]
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then set -- node dist/cli/main.js; fi
chromium="$(command -v chromium || command -v chromium-browser || command -v google-chrome)"
work="$(mktemp -d)"
"$@" serve --port 4566 --mutant last-write-wins >"$work/serve.log" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  if grep -q '^listening' "$work/serve.log"; then break; fi
  sleep 0.1
done
# On another's port the picture would be of another server.
grep -q '^listening' "$work/serve.log"

"$@" run --endpoint-url http://localhost:4566 --preset smoke --seed 1 --report-dir "$work/report" --no-progress \
  >"$work/run.txt" || [ $? -eq 1 ]
"$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1180,1120 \
  --screenshot="$PWD/docs/report.png" "file://$work/report/report.html" 2>"$work/chromium.log"
sed -n '/^F-0001/,$p' "$work/run.txt"
