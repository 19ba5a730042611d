import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetInfo } from '../../engine/interface/events.ts';
import { visible } from '../../reports/writing/visible.ts';
import type { Action } from '../settings/command.ts';
import { type CleanUp, cleanUp } from '../target/clean-up.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { type LedgerFile, readLedger } from '../target/ledger.ts';
import { reportFolder } from '../run/report-folder.ts';
import { defaultConcurrency } from '../settings/run-options.ts';
import type { Settings } from '../settings/settings.ts';
import { UsageError } from '../common/usage-error.ts';
import { withTarget } from '../target/with-target.ts';

/** `clean`: deletes what a run left. Exit 0 when nothing is left, 1 when something is, 4 when the target cannot be asked. */
export const clean: Action = async ({ words: [word], settings, terminal }) => {
  const folder = word ?? settings.reportDir ?? 'cognito-sync-conformance-report';
  const ledger = await ledgerIn(folder);
  const say = (result: Pick<CleanUp, 'deleted' | 'left'>): void =>
    terminal.out(settings.output === 'json' ? `${JSON.stringify(result, null, 2)}\n` : sayCleanUp(result));
  const open = [...ledger.entries, ...ledger.pools].filter(({ state }) => state === 'planned');
  const target = targetOf(folder);
  if (open.length === 0 || (settings.endpointUrl === undefined && target?.embedded === true)) {
    // An embedded endpoint took what it held with it.
    say({ deleted: 0, left: [] });
    return exitCodes.ok;
  }
  const chosen = withEndpoint(settings, target, folder);
  return withTarget({ settings: chosen, terminal, folder: reportFolder(folder) }, async (context) => {
    const result = await cleanUp(ledger, settings.concurrency ?? defaultConcurrency, context);
    say(result);
    if (context.signal.aborted) return exitCodes.interrupted;
    if (result.left.length === 0) return exitCodes.ok;
    return result.reached ? exitCodes.failed : exitCodes.notJudged;
  });
};

async function ledgerIn(folder: string): Promise<LedgerFile> {
  const path = join(folder, 'ledger.json');
  if (!existsSync(path)) throw new UsageError(`${path} does not exist. Name the report directory of the run to clean.`);
  try {
    return await readLedger(path);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read as a ledger: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The target of the run, from the first line of its events: they are there even when the run was cut short. */
function targetOf(folder: string): TargetInfo | undefined {
  try {
    const [first = ''] = readFileSync(join(folder, 'events.ndjson'), 'utf8').split('\n', 1);
    return (JSON.parse(first) as { readonly target?: TargetInfo }).target;
  } catch {
    return undefined;
  }
}

function withEndpoint(settings: Settings, target: TargetInfo | undefined, folder: string): Settings {
  const endpointUrl = settings.endpointUrl ?? target?.endpointUrl;
  const region = settings.region ?? target?.region;
  if (endpointUrl === undefined) {
    throw new UsageError(`${folder} does not say which server the run was against: name it with --endpoint-url.`);
  }
  return { ...settings, endpointUrl, ...(region !== undefined && { region }) };
}

function sayCleanUp({ deleted, left }: Pick<CleanUp, 'deleted' | 'left'>): string {
  const lines = left.map(({ entry, reason }) => {
    const what =
      'identityPoolName' in entry
        ? `identity pool ${entry.identityPoolName}`
        : `dataset ${entry.datasetName} of ${entry.identityId} in ${entry.identityPoolId}`;
    return `left: ${visible(what, 300)}: ${visible(reason, 200)}\n`;
  });
  const sum = deleted === 0 && left.length === 0 ? 'nothing to delete' : `${deleted} deleted, ${left.length} left`;
  return `${lines.join('')}${sum}\n`;
}
