import { access } from '../rules/access.ts';
import { applying } from '../rules/apply-batch.ts';
import type { Behaviour } from '../core/behaviour.ts';
import { publishing } from '../operations/bulk-publish.ts';
import { datasets } from '../operations/datasets.ts';
import { batches } from '../rules/judge-batch.ts';
import { judging } from '../rules/judge-patch.ts';
import { listing } from '../operations/list-records.ts';
import { protocol } from '../rules/protocol.ts';
import { quotas } from '../rules/quotas.ts';
import { persistence } from '../store/persistence.ts';
import { rendering } from '../rules/render.ts';
import { signature } from '../rules/signature.ts';
import { sizes } from '../rules/sizes.ts';
import { storage } from '../rules/storage.ts';
import { tokens } from '../rules/tokens.ts';
import { usage } from '../operations/usage.ts';
import { validation } from '../rules/validation.ts';

/** The endpoint as the facts describe the service. */
export const defaultBehaviour: Behaviour = {
  ...access,
  ...applying,
  ...batches,
  ...datasets,
  ...judging,
  ...listing,
  ...protocol,
  ...persistence,
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
