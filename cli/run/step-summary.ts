import { appendFile } from 'node:fs/promises';

/** Adds Markdown to the page of the CI job, where GITHUB_STEP_SUMMARY names its file. */
export async function appendStepSummary(markdown: () => string, env: NodeJS.ProcessEnv): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, `${markdown()}\n`);
}
