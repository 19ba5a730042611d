import { join } from 'node:path';
import type { RunEvent } from '../../engine/interface/events.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { writeFileAtomic } from '../../reports/writing/write-file-atomic.ts';
import type { ReportKind, Settings } from '../settings/settings.ts';

/** One report beside summary.json: a fold over the events, then a file. */
interface ReportFile {
  readonly name: string;
  event(event: RunEvent): void;
  content(summary: Summary, location: string): string;
}

/** Loaded only when asked for: the HTML report alone is larger than all the rest. */
const makers: { readonly [Kind in ReportKind]: () => Promise<ReportFile | null> } = {
  // Always written.
  json: () => Promise.resolve(null),
  async junit() {
    const { junit } = await import('../../reports/formats/junit.ts');
    return { name: 'junit.xml', event: () => {}, content: junit };
  },
  async md() {
    const { markdown } = await import('../../reports/formats/markdown.ts');
    return { name: 'summary.md', event: () => {}, content: markdown };
  },
  async html() {
    const { createHtmlReport } = await import('../../reports/html/run-report.ts');
    const report = createHtmlReport();
    return { name: 'report.html', event: report.event, content: report.result };
  },
  async har() {
    const { har } = await import('../../reports/formats/har.ts');
    return { name: 'traffic.har', event: () => {}, content: har };
  },
  async sarif() {
    const { sarif } = await import('../../reports/formats/sarif.ts');
    return { name: 'results.sarif', event: () => {}, content: sarif };
  },
};

export interface ReportFiles {
  event(event: RunEvent): void;
  /** Writes them all. */
  write(summary: Summary): Promise<void>;
}

/** What `--report` names, as files in the folder. `location`: the file of the repository that SARIF results point at. */
export async function reportFiles(
  kinds: readonly ReportKind[],
  folder: string,
  location: string,
): Promise<ReportFiles> {
  const files = (await Promise.all(kinds.map((kind) => makers[kind]()))).filter((file) => file !== null);
  return {
    event: (event) => {
      for (const file of files) file.event(event);
    },
    write: async (summary) => {
      for (const file of files) await writeFileAtomic(join(folder, file.name), file.content(summary, location));
    },
  };
}

/** The file a result is best shown at: where failures are listed, else the settings, else the job that ran the suite. */
export function resultLocation({ knownFailures, config }: Settings, env: NodeJS.ProcessEnv): string {
  // `owner/repository/.github/workflows/ci.yml@refs/heads/main`
  const workflow = /^[^/]+\/[^/]+\/([^@]+)@/.exec(env['GITHUB_WORKFLOW_REF'] ?? '')?.[1];
  return (knownFailures ?? config ?? workflow ?? 'README.md').replace(/^(\.?\/)+/, '');
}
