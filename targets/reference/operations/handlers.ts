import type { Input, Operation } from '../../../specs/types/wire.ts';
import type { Output, Service } from '../core/behaviour.ts';
import { bulkPublish, getBulkPublishDetails } from './bulk-publish.ts';
import { getCognitoEvents, setCognitoEvents } from './cognito-events.ts';
import { getIdentityPoolConfiguration, setIdentityPoolConfiguration } from './configuration.ts';
import { deleteDataset, describeDataset, listDatasets } from './datasets.ts';
import { registerDevice, subscribeToDataset, unsubscribeFromDataset } from './devices.ts';
import { listRecords } from './list-records.ts';
import type { Refusal } from '../core/refusal.ts';
import { updateRecords } from './update-records.ts';
import { describeIdentityPoolUsage, describeIdentityUsage, listIdentityPoolUsage } from './usage.ts';

type Handler = (service: Service, input: Input) => Output | Refusal;

/** What each operation does with an input that has passed validation. */
export const handlers: { readonly [O in Operation]: Handler } = {
  BulkPublish: bulkPublish,
  DeleteDataset: deleteDataset,
  DescribeDataset: describeDataset,
  DescribeIdentityPoolUsage: describeIdentityPoolUsage,
  DescribeIdentityUsage: describeIdentityUsage,
  GetBulkPublishDetails: getBulkPublishDetails,
  GetCognitoEvents: getCognitoEvents,
  GetIdentityPoolConfiguration: getIdentityPoolConfiguration,
  ListDatasets: listDatasets,
  ListIdentityPoolUsage: listIdentityPoolUsage,
  ListRecords: listRecords,
  RegisterDevice: registerDevice,
  SetCognitoEvents: setCognitoEvents,
  SetIdentityPoolConfiguration: setIdentityPoolConfiguration,
  SubscribeToDataset: subscribeToDataset,
  UnsubscribeFromDataset: unsubscribeFromDataset,
  UpdateRecords: updateRecords,
};
