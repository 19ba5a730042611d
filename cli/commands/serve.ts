import { mkdirSync } from 'node:fs';
import type { Disk } from '../../targets/reference/core/disk.ts';
import type { Action } from '../settings/command.ts';
import { interruptible } from '../common/interrupts.ts';
import { readChoiceFlags } from '../settings/choices.ts';
import { regionFrom } from '../settings/region.ts';
import type { Settings } from '../settings/settings.ts';
import { suggest } from '../common/suggest.ts';
import { UsageError } from '../common/usage-error.ts';
import { findCredentials } from '../../targets/http/credentials.ts';
import { startEndpoint } from '../../targets/reference/server/server.ts';
import { verifyingOptions } from '../../targets/reference/server/verifying.ts';

/** `serve`: the embedded endpoint until SIGINT or SIGTERM. */
export const serve: Action = ({ settings, terminal }) =>
  interruptible(
    () => {},
    async (signal) => {
      const endpoint = await start(settings, terminal.env);
      terminal.out(`listening ${endpoint.url}\n`);
      await new Promise<void>((stop) => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', () => stop(), { once: true });
      });
      await endpoint.close();
      return 0;
    },
  );

async function start(settings: Settings, env: NodeJS.ProcessEnv): ReturnType<typeof startEndpoint> {
  const { port = 0, choice = [], mutant = [], verifySignatures = false } = settings;
  const verifying = verifySignatures ? await verifyingFor(settings, env) : {};
  const options = { port, choices: readChoiceFlags(choice), ...verifying };
  try {
    const disk = settings.data === undefined ? undefined : await openDisk(settings.data);
    if (mutant.length === 0) return await startEndpoint(options, undefined, disk);
    const { mutants } = await import('../../targets/mutants/catalogue.ts');
    const { startMutant } = await import('../../targets/mutants/start.ts');
    const known = mutants.map(({ id }) => id);
    const unknown = mutant.find((id) => !known.includes(id));
    if (unknown !== undefined) {
      throw new UsageError(`--mutant: there is no mutant ${JSON.stringify(unknown)}.${suggest(unknown, known)}`);
    }
    return await startMutant(mutant, options, disk);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UsageError(`--port: cannot listen on port ${port} (${code}). Name another, or leave it out.`);
  }
}

/** The folder of --data. */
async function openDisk(folder: string): Promise<Disk> {
  try {
    mkdirSync(folder, { recursive: true });
    return await (await import('../../targets/reference/store/level-disk.ts')).openLevelDisk(folder);
  } catch (error) {
    const { code, message, cause } = error as NodeJS.ErrnoException & { readonly cause?: NodeJS.ErrnoException };
    if (code === 'ERR_MODULE_NOT_FOUND')
      throw new UsageError('--data needs the optional package classic-level: install it beside this program.');
    if (cause?.code === 'LEVEL_LOCKED') throw new UsageError(`--data: another process uses ${folder}.`);
    throw new UsageError(`--data: ${folder} cannot be opened: ${cause?.message ?? message}`);
  }
}

/** Signatures of whoever has the credentials of the environment. */
async function verifyingFor(settings: Settings, env: NodeJS.ProcessEnv): Promise<ReturnType<typeof verifyingOptions>> {
  const found = await findCredentials({ env }).catch((error: unknown) => {
    throw new UsageError(`--verify-signatures: ${error instanceof Error ? error.message : String(error)}`);
  });
  return verifyingOptions(regionFrom(settings, env), await found?.());
}
