#!/usr/bin/env python3
"""Drives the endpoint at argv[1] with boto3: list, write, conflict, remove, delete, and two wrong signatures.

The endpoint verifies signatures made with test/test for us-east-1. Prints a line for each thing found as it should be;
exits non-zero on the first that is not.
"""

import datetime
import sys
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def client(key="test", secret="test", region="us-east-1"):
    return boto3.client(
        "cognito-sync",
        endpoint_url=sys.argv[1],
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"max_attempts": 0}),
    )


def expect(what, expected, actual):
    if expected != actual:
        sys.exit(f"boto3-check: {what}: expected {expected!r}, got {actual!r}")
    print(f"ok: {what}")


def refused(what, error, status, call):
    try:
        answer = call()
    except ClientError as refusal:
        got = (refusal.response["Error"]["Code"], refusal.response["ResponseMetadata"]["HTTPStatusCode"])
        expect(what, (error, status), got)
    else:
        sys.exit(f"boto3-check: {what}: expected {error}, got success: {answer!r}")


def main():
    sync = client()
    ids = {
        "IdentityPoolId": f"us-east-1:{uuid.uuid4()}",
        "IdentityId": f"us-east-1:{uuid.uuid4()}",
    }
    dataset = {**ids, "DatasetName": "notes:of.boto3"}

    def update(*patches):
        token = sync.list_records(**dataset)["SyncSessionToken"]
        return sync.update_records(**dataset, SyncSessionToken=token, RecordPatches=list(patches))["Records"]

    def listed(**more):
        records = sync.list_records(**dataset, **more)["Records"]
        return [(record["Key"], record.get("Value"), record["SyncCount"]) for record in records]

    unknown = sync.list_records(**dataset)
    expect("an unknown dataset lists as empty", (False, 0, []), tuple(
        unknown[member] for member in ("DatasetExists", "DatasetSyncCount", "Records")
    ))
    modified = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    written = update(
        {"Op": "replace", "Key": "a", "Value": "blué 🦊", "SyncCount": 0, "DeviceLastModifiedDate": modified},
        {"Op": "replace", "Key": "b", "Value": "", "SyncCount": 0},
    )
    expect("a first write has count 1", [("a", "blué 🦊", 1), ("b", "", 1)], [
        (record["Key"], record["Value"], record["SyncCount"]) for record in written
    ])
    expect("dates are dates", True, all(isinstance(record["LastModifiedDate"], datetime.datetime) for record in written))
    refused("a stale count", "ResourceConflictException", 409, lambda: update(
        {"Op": "replace", "Key": "a", "Value": "two", "SyncCount": 0}
    ))
    expect("a refused write changed nothing", [("a", "blué 🦊", 1), ("b", "", 1)], sorted(listed()))
    update({"Op": "remove", "Key": "b", "SyncCount": 1})
    expect("the tombstone is listed", [("b", None, 2)], listed(LastSyncCount=1))
    expect("the dataset is listed", ["notes:of.boto3"], [
        one["DatasetName"] for one in sync.list_datasets(**ids)["Datasets"]
    ])
    expect("the dataset is deleted", "notes:of.boto3", sync.delete_dataset(**dataset)["Dataset"]["DatasetName"])
    refused("a deleted dataset is not described", "ResourceNotFoundException", 404, lambda: sync.describe_dataset(**dataset))
    refused("another secret", "InvalidSignatureException", 403, lambda: client(secret="other").list_records(**dataset))
    refused("another region", "InvalidSignatureException", 403, lambda: client(region="eu-west-1").list_records(**dataset))


main()
