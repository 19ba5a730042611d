import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { visible } from '../../reports/writing/visible.ts';
import { suggest } from '../common/suggest.ts';
import { UsageError } from '../common/usage-error.ts';

export interface ConfigEntry {
  readonly values: readonly string[];
  /** `file.yaml:3:1: seed` */
  readonly where: string;
}

/** The settings of a YAML config file by flag name; throws a UsageError that names line and column. */
export function readConfigFile(file: string, known: readonly string[]): Map<string, ConfigEntry> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const at = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${file}:${line}:${col}`;
  };

  const [problem] = document.errors;
  if (problem !== undefined) {
    const [reason] = problem.message.split('\n');
    throw new UsageError(`${at(problem.pos[0])}: not valid YAML: ${(reason ?? '').replace(/ at line \d+.*$/, '')}.`);
  }

  const settings = new Map<string, ConfigEntry>();
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return settings;
  if (!isMap(document.contents)) throw new UsageError(`${at(0)}: expected a map of flag names, such as "seed: 42".`);
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = at(isScalar(key) ? key.range?.[0] : 0);
    if (!known.includes(name)) {
      throw new UsageError(`${place}: unknown setting ${JSON.stringify(visible(name))}.${suggest(name, known)}`);
    }
    const where = `${place}: ${name}`;
    settings.set(name, { values: (isSeq(value) ? value.items : [value]).map((item) => scalar(item, where)), where });
  }
  return settings;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--config: cannot read ${file}: ${(error as Error).message}.`);
  }
}

/** The text as it stands in the file, so that `1e3` or a long number is judged as written. */
function scalar(node: unknown, where: string): string {
  if (!isScalar(node) || isAlias(node) || node.value === null) {
    throw new UsageError(`${where} needs a plain value, or a list of plain values.`);
  }
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}
