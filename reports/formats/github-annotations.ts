import { sayDoes } from '../writing/say-finding.ts';
import { differsFromAws } from '../summary/verdict.ts';
import { standing } from '../known-failures/finding-status.ts';
import type { Standing } from '../known-failures/finding-status.ts';
import type { Summary } from '../summary/summary.ts';
import { visible } from '../writing/visible.ts';

/** GitHub shows ten of a kind per step. */
const MOST = 10;

const COMMANDS: { readonly [stands in Standing]: 'error' | 'warning' | 'notice' } = {
  fail: 'error',
  known: 'notice',
  flaky: 'warning',
  warning: 'warning',
};

/** Workflow commands which show the findings of a run on its GitHub page; one line each, or nothing. */
export function annotations(summary: Summary): string {
  const findings = summary.findings.map((finding) => {
    const replay = `npx cognito-sync-conformance replay findings/${finding.id}.json`;
    return {
      command: COMMANDS[standing(finding, summary)],
      title: `${finding.id} ${finding.requirement}`,
      message: `${visible(sayDoes(finding), 400)}\nrequired: ${visible(finding.title, 300)}\nallowed: ${visible(finding.allowed, 400)}\nactual: ${visible(finding.actual, 400)}\n${replay}`,
    };
  });
  const choices = summary.choices.filter(differsFromAws).map((choice) => ({
    command: summary.policy.matchAws ? ('error' as const) : ('notice' as const),
    title: `choice ${choice.id}`,
    message: `this target: ${visible(choice.option, 100)}, AWS: ${visible(choice.aws ?? '', 100)}`,
  }));
  const ends =
    summary.exitCode === 0 || summary.exitCode === 1
      ? []
      : [{ command: 'error' as const, title: `exit ${summary.exitCode}`, message: visible(summary.exitReason, 600) }];
  const shown = (['error', 'warning', 'notice'] as const).flatMap((kind) =>
    [...ends, ...findings, ...choices].filter(({ command }) => command === kind).slice(0, MOST),
  );
  return shown
    .map(({ command, title, message }) => `::${command} title=${property(title)}::${data(message)}\n`)
    .join('');
}

/** The escapes of the runner itself: a message may hold any line end, a property neither `:` nor `,`. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text, 200)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
