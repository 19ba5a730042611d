import { access } from './access.ts';
import { applying } from './apply-batch.ts';
import type { Behaviour } from './behaviour.ts';
import { publishing } from './bulk-publish.ts';
import { datasets } from './datasets.ts';
import { batches } from './judge-batch.ts';
import { judging } from './judge-patch.ts';
import { listing } from './list-records.ts';
import { protocol } from './protocol.ts';
import { quotas } from './quotas.ts';
import { rendering } from './render.ts';
import { signature } from './signature.ts';
import { sizes } from './sizes.ts';
import { storage } from './storage.ts';
import { tokens } from './tokens.ts';
import { usage } from './usage.ts';
import { validation } from './validation.ts';

/** The endpoint as the facts describe the service. */
export const defaultBehaviour: Behaviour = {
  ...access,
  ...applying,
  ...batches,
  ...datasets,
  ...judging,
  ...listing,
  ...protocol,
  ...publishing,
  ...quotas,
  ...rendering,
  ...signature,
  ...sizes,
  ...storage,
  ...tokens,
  ...usage,
  ...validation,
};
