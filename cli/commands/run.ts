import type { RunEvent } from '../../engine/interface/events.ts';
import { annotations } from '../../reports/formats/github-annotations.ts';
import { markdown } from '../../reports/formats/markdown.ts';
import { createLive } from '../../reports/terminal/live.ts';
import type { Live } from '../../reports/terminal/live.ts';
import type { Summary } from '../../reports/summary/summary.ts';
import { renderText } from '../../reports/terminal/run-text.ts';
import { visible } from '../../reports/writing/visible.ts';
import type { Action } from '../settings/command.ts';
import { sayReplay } from '../run/corpus.ts';
import { exitCodes } from '../common/exit-codes.ts';
import { reportFolder } from '../run/report-folder.ts';
import { summaryText } from '../run/fold-run.ts';
import { prepareRun } from '../run/report-run.ts';
import type { Settings } from '../settings/settings.ts';
import { showConfig } from '../settings/show-config.ts';
import { appendStepSummary } from '../run/step-summary.ts';
import { colors } from '../settings/terminal.ts';
import type { Terminal } from '../settings/terminal.ts';
import { withTarget } from '../target/with-target.ts';

/** `run`: judges a server and gives the exit code of its verdict. */
export const run: Action = ({ settings, terminal }) => {
  const prepared = prepareRun(settings);
  if (settings.showConfig === true) {
    terminal.out(showConfig(settings, terminal.env));
    return Promise.resolve(exitCodes.ok);
  }
  const folder = reportFolder(settings.reportDir);
  return withTarget({ settings, terminal, folder }, async (context) => {
    const live = liveProgress(settings, terminal);
    try {
      const summary = await prepared.report(context, folder, (event) => {
        live.event(event);
        if (event.kind === 'replayed' && settings.quiet !== true) terminal.err(sayReplay(event.replay));
        if (settings.verbose === true) terminal.err(remark(event));
      });
      live.stop();
      terminal.out(result(summary, folder, settings, terminal));
      if (terminal.env['GITHUB_ACTIONS'] === 'true') terminal.err(annotations(summary));
      await appendStepSummary(() => markdown(summary), terminal.env);
      return summary.exitCode;
    } finally {
      live.stop();
    }
  });
};

function liveProgress({ quiet, noProgress, verbose }: Settings, terminal: Terminal): Live {
  const stream = {
    write: (text: string) => terminal.err(text),
    // A region that is redrawn leaves no room for lines in between.
    isTTY: terminal.errIsTerminal && verbose !== true,
    get columns() {
      return terminal.columns;
    },
  };
  return createLive(stream, { progress: quiet !== true && noProgress !== true });
}

/** What `--verbose` says of an event as it comes; a line, or nothing. */
function remark(event: RunEvent): string {
  switch (event.kind) {
    case 'choice-learned':
      return `choice ${event.choice.id}: ${visible(event.choice.option)}\n`;
    case 'unsupported':
      return `unsupported ${event.operation}: ${visible(event.evidence, 200)}\n`;
    case 'sighting':
      return `sequence ${event.sequence}: ${visible(event.key, 200)}\n`;
    case 'note':
      return `${event.level}: ${visible(event.text, 400)}\n`;
    default:
      return '';
  }
}

function result(summary: Summary, folder: string, { output, color }: Settings, terminal: Terminal): string {
  if (output === 'json') return summaryText(summary);
  const { on } = colors(terminal, color);
  return renderText(summary, { width: terminal.columns, color: on, reportDir: folder });
}
