#!/usr/bin/env bash
# The life of a conformance gate: all is well, a regression appears, it is listed as known, it is mended.
# Each step checks the exit code that a CI job would see. Usage: bash examples/a-life.sh [command that runs the program]
set -euo pipefail

if [ $# -eq 0 ]; then set -- npx cognito-sync-conformance; fi
program=("$@")
work="$(mktemp -d)"
server=
stop() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; fi; }
trap 'stop; rm -rf "$work"' EXIT

# Starts the embedded endpoint, with the faults that are given, and sets $url.
serve() {
  stop
  "${program[@]}" serve --port 0 "$@" >"$work/serve.log" &
  server=$!
  for _ in $(seq 100); do
    url="$(sed -n 's/^listening //p' "$work/serve.log")"
    if [ -n "$url" ]; then return; fi
    sleep 0.1
  done
  echo "the endpoint did not start" >&2
  exit 1
}

# expect CODE NAME COMMAND…: runs the command and stops unless it ends with CODE.
expect() {
  local wanted=$1 name=$2 code=0
  shift 2
  "$@" >"$work/output.txt" 2>&1 || code=$?
  echo "exit $code  $name"
  if [ "$code" -ne "$wanted" ]; then
    cat "$work/output.txt" >&2
    echo "expected exit $wanted" >&2
    exit 1
  fi
}

# judge REPORT_DIR [flags…]
judge() {
  local folder=$1
  shift
  "${program[@]}" run --endpoint-url "$url" --seed 7 --requirements conflict --report-dir "$folder" --no-progress "$@"
}

known="$work/known-failures.yaml"

serve
expect 0 'last week: the endpoint conforms' judge "$work/last-week"

serve --mutant last-write-wins
expect 1 'today: the run fails' judge "$work/today"
expect 1 'compare finds the regression' "${program[@]}" compare "$work/last-week" "$work/today"
grep -A1 '^Newly failing' "$work/output.txt"

expect 0 'it is listed as known' "${program[@]}" baseline update --known-failures "$known" --report-dir "$work/today"
expect 0 'the gate is green again' judge "$work/tomorrow" --known-failures "$known"

serve
expect 2 'it is mended, so the list is stale' judge "$work/mended" --known-failures "$known" --corpus "$work/today"
expect 0 'compare knows it as fixed' "${program[@]}" compare "$work/today" "$work/mended"
grep -A1 '^Fixed' "$work/output.txt"
expect 0 'the list is pruned' "${program[@]}" baseline prune --known-failures "$known" --report-dir "$work/mended"
expect 0 'all is well' judge "$work/well" --known-failures "$known"
