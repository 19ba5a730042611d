import type { Call } from '../../engine/linearize/model.ts';
import { UsageError } from '../common/usage-error.ts';
import { ednLine } from './edn-line.ts';
import type { KeyValueInput } from './key-value-model.ts';
import type { RegisterInput, RegisterOutput } from './register-model.ts';

export type TextHistory =
  | { readonly kind: 'key-value'; readonly calls: readonly Call<KeyValueInput, string>[] }
  | { readonly kind: 'register'; readonly calls: readonly Call<RegisterInput, RegisterOutput>[] };

/** What a line says: the invocation or the completion of the one call that its process has in flight. */
interface Entry<I, O> {
  readonly process: string;
  /** `none`: the call had no effect. `open`: nobody knows whether it has one. */
  readonly event:
    | { readonly kind: 'invoke'; readonly input: I }
    | { readonly kind: 'return'; readonly output: O }
    | { readonly kind: 'none' }
    | { readonly kind: 'open' };
}

/** Reads a history in either public text format; the order of the lines is the order of the events. */
export function readHistory(text: string, file: string): TextHistory {
  const lines = text.split(/\r?\n/).map((line, at) => ({ line, at: at + 1 }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const [first] = filled;
  if (first === undefined) throw new UsageError(`${file} has no lines: there is no history to check.`);
  if (ednLine(first.line) !== null) return { kind: 'key-value', calls: callsOf(filled, keyValueEntry, file) };
  const events = filled.filter(({ line }) => line.includes('jepsen.util'));
  if (events.length > 0) return { kind: 'register', calls: callsOf(events, registerEntry, file) };
  throw new UsageError(
    `${file}:${first.at} is neither an EDN map with :process, :type, :f, :key and :value nor a line of a Jepsen log (INFO  jepsen.util - …).`,
  );
}

function callsOf<I, O>(
  lines: readonly { readonly line: string; readonly at: number }[],
  read: (line: string) => Entry<I, O> | null,
  file: string,
): readonly Call<I, O>[] {
  const calls: (Call<I, O> | null)[] = [];
  const inFlight = new Map<string, number>();
  for (const { line, at } of lines) {
    const entry = read(line);
    if (entry === null) throw new UsageError(`${file}:${at} cannot be read: ${line.trim().slice(0, 120)}`);
    const { process, event } = entry;
    const known = inFlight.get(process);
    const call = known === undefined ? null : (calls[known] ?? null);
    if (event.kind === 'invoke') {
      if (call !== null) throw new UsageError(`${file}:${at}: process ${process} already has a call in flight.`);
      inFlight.set(process, calls.push({ input: event.input, start: at, end: null }) - 1);
      continue;
    }
    if (known === undefined || call === null)
      throw new UsageError(`${file}:${at}: process ${process} has no call in flight that could end here.`);
    if (event.kind === 'return') calls[known] = { ...call, output: event.output, end: at };
    if (event.kind === 'none') calls[known] = null;
    inFlight.delete(process);
  }
  return calls.filter((call) => call !== null);
}

function keyValueEntry(line: string): Entry<KeyValueInput, string> | null {
  const fields = ednLine(line);
  const [process, type, name, key] = ['process', 'type', 'f', 'key'].map((field) => fields?.get(field) ?? null);
  const value = fields?.get('value') ?? '';
  if (!process || !type || !key) return null;
  if (name !== 'get' && name !== 'put' && name !== 'append') return null;
  const input: KeyValueInput = name === 'get' ? { do: name, key } : { do: name, key, value };
  switch (type) {
    case 'invoke':
      return { process, event: { kind: 'invoke', input } };
    case 'ok':
      return { process, event: { kind: 'return', output: value } };
    case 'fail':
      return { process, event: { kind: 'none' } };
    case 'info':
      return { process, event: { kind: 'open' } };
    default:
      return null;
  }
}

const registerLine = /jepsen\.util - (\S+)\s+:(invoke|ok|fail|info)\s+:(read|write|cas)\s+(.*?)\s*$/;

function registerEntry(line: string): Entry<RegisterInput, RegisterOutput> | null {
  const match = registerLine.exec(line);
  if (match === null) return null;
  const [process, type, name, argument] = match.slice(1) as [string, string, string, string];
  if (type === 'info') return { process, event: { kind: 'open' } };
  // A swap that was refused was answered; any other failure had no effect.
  const refused = name === 'cas' && argument !== ':timed-out';
  if (type === 'fail') return { process, event: refused ? { kind: 'return', output: false } : { kind: 'none' } };
  if (type === 'invoke') {
    const input = registerInput(name, argument);
    return input === null ? null : { process, event: { kind: 'invoke', input } };
  }
  const output = name === 'read' ? registerValue(argument) : true;
  return output === null ? null : { process, event: { kind: 'return', output } };
}

function registerValue(argument: string): RegisterOutput | null {
  if (argument === 'nil') return 'nil';
  return /^-?\d+$/.test(argument) ? Number(argument) : null;
}

function registerInput(name: string, argument: string): RegisterInput | null {
  if (name === 'read') return { do: 'read' };
  const numbers = [...argument.matchAll(/-?\d+/g)].map(Number);
  const [first, second] = numbers;
  if (first === undefined) return null;
  if (name === 'write') return { do: 'write', value: first };
  return second === undefined ? null : { do: 'cas', from: first, to: second };
}
