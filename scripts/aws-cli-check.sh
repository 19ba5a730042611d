#!/bin/sh
# Drives the endpoint at $1 with the AWS CLI: list, write, conflict, remove, delete. Exits non-zero on any mismatch.
set -eu

endpoint=${1:?usage: aws-cli-check.sh ENDPOINT_URL}
aws=${AWS_CLI:-aws}
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true AWS_PAGER= AWS_MAX_ATTEMPTS=1

uuid() { cat /proc/sys/kernel/random/uuid; }
pool=us-east-1:$(uuid)
identity=us-east-1:$(uuid)

sync() {
  operation=$1
  shift
  "$aws" cognito-sync "$operation" --endpoint-url "$endpoint" --region us-east-1 --no-sign-request --output text \
    --identity-pool-id "$pool" --identity-id "$identity" --dataset-name cli "$@"
}

fail() {
  echo "aws-cli-check: $1" >&2
  exit 1
}

# expect WHAT EXPECTED ACTUAL
expect() {
  [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
  echo "ok: $1"
}

# refused WHAT ERROR COMMAND…: the command must fail and name the error.
refused() {
  what=$1
  error=$2
  shift 2
  if said=$("$@" 2>&1); then fail "$what: expected $error, got success: $said"; fi
  case $said in
    *"$error"*) echo "ok: $what" ;;
    *) fail "$what: expected $error, got: $said" ;;
  esac
}

token() { sync list-records --query SyncSessionToken; }
tab=$(printf '\t')

expect 'an unknown dataset lists as empty' "False${tab}0" "$(sync list-records --query '[DatasetExists,DatasetSyncCount]')"
expect 'a first write has count 1' "a${tab}one${tab}1" \
  "$(sync update-records --sync-session-token "$(token)" --record-patches Op=replace,Key=a,Value=one,SyncCount=0 \
    --query 'Records[].[Key,Value,SyncCount]')"
refused 'a stale count' ResourceConflictException \
  sync update-records --sync-session-token "$(token)" --record-patches Op=replace,Key=a,Value=two,SyncCount=0
expect 'a refused write changed nothing' "a${tab}one${tab}1" "$(sync list-records --query 'Records[].[Key,Value,SyncCount]')"
expect 'a removal has count 2' "a${tab}2" \
  "$(sync update-records --sync-session-token "$(token)" --record-patches Op=remove,Key=a,SyncCount=1 \
    --query 'Records[].[Key,SyncCount]')"
expect 'the tombstone is listed' "a${tab}None${tab}2" \
  "$(sync list-records --last-sync-count 1 --query 'Records[].[Key,Value,SyncCount]')"
expect 'the dataset is described' cli "$(sync describe-dataset --query Dataset.DatasetName)"
expect 'the dataset is deleted' cli "$(sync delete-dataset --query Dataset.DatasetName)"
refused 'a deleted dataset is not described' ResourceNotFoundException sync describe-dataset
