import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding, TargetInfo } from '../../engine/interface/events.ts';
import { awsCliScript } from '../reproduction/aws-cli.ts';
import { curlScript } from '../reproduction/curl.ts';
import { visible } from '../writing/visible.ts';
import { writeFileAtomic } from '../writing/write-file-atomic.ts';

/** What a finding's file says beside the finding itself. */
export interface FindingContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** The seed of the run. */
  readonly seed: number;
  readonly target: TargetInfo;
}

/** The content of `findings/F-XXXX.json`. */
export interface FindingFile extends FindingContext {
  readonly schemaVersion: 1;
  readonly finding: Finding;
}

/**
 * Writes a finding and its reproduction scripts (`.curl.sh`, `.aws-cli.sh`) to `findings/` in the report directory and
 * returns the paths. Throws an Error for an id that is not of the form F-0001, since it becomes a file name.
 */
export async function writeFinding(
  reportDir: string,
  finding: Finding,
  context: FindingContext,
): Promise<readonly string[]> {
  if (!/^F-\d{4,}$/.test(finding.id)) throw new Error(`not the id of a finding: ${visible(finding.id, 40)}`);
  const directory = join(reportDir, 'findings');
  await mkdir(directory, { recursive: true });
  const { tool, seed, target } = context;
  const content: FindingFile = { schemaVersion: 1, tool, seed, target, finding };
  const files: readonly [string, string, number?][] = [
    [join(directory, `${finding.id}.json`), `${JSON.stringify(content, null, 2)}\n`],
    [join(directory, `${finding.id}.curl.sh`), curlScript(finding, context), 0o755],
    [join(directory, `${finding.id}.aws-cli.sh`), awsCliScript(finding, context), 0o755],
  ];
  for (const [path, text, mode] of files) await writeFileAtomic(path, text, mode);
  return files.map(([path]) => path);
}

/** Only the envelope is looked at: whoever replays the sequence has to check that anyway. */
function isFindingFile(value: unknown): value is FindingFile {
  const record = typeof value === 'object' && value !== null;
  return record && 'schemaVersion' in value && value.schemaVersion === 1 && 'finding' in value;
}

/** Reads a finding's file. Throws an Error naming the file when it is not one. */
export async function readFinding(path: string): Promise<FindingFile> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (!isFindingFile(value)) {
    throw new Error(`${path}: not the file of a finding, or not of schemaVersion 1`);
  }
  return value;
}
