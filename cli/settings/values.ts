import { UsageError } from '../common/usage-error.ts';
import { suggest } from '../common/suggest.ts';

/** Reads one setting. `where` names it as the user wrote it: `--seed`, `COGNITO_SYNC_CONFORMANCE_SEED`, `file.yaml:3:1: seed`. */
export type Read<T> = (values: readonly string[], where: string) => T;

function single(values: readonly string[], where: string): string {
  const [value, ...more] = values;
  if (value === undefined || value === '') throw new UsageError(`${where} needs a value.`);
  if (more.length > 0) throw new UsageError(`${where} takes one value, not ${values.length}.`);
  return value;
}

export const text: Read<string> = single;

/** Several values, each of which may also be a comma-separated list. */
export const list: Read<readonly string[]> = (values, where) => {
  const items = values.flatMap((value) => value.split(',')).map((item) => item.trim());
  if (items.length === 0 || items.includes('')) throw new UsageError(`${where} needs a value.`);
  return items;
};

/** Several values taken as they are. */
export const texts: Read<readonly string[]> = (values, where) => {
  if (values.length === 0 || values.includes('')) throw new UsageError(`${where} needs a value.`);
  return values;
};

export const toggle: Read<boolean> = (values, where) => {
  const value = single(values, where).toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(value)) return true;
  if (['false', '0', 'no', 'off'].includes(value)) return false;
  throw new UsageError(`${where}: ${JSON.stringify(value)} is neither true nor false.`);
};

export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Read<number> {
  return (values, where) => {
    const value = single(values, where);
    const number = Number(value);
    if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`${where}: ${JSON.stringify(value)} is not a whole number ${range}.`);
  };
}

/** A number above zero, fractions allowed; `unit` may follow it. */
export function positive(unit: string, suffix: RegExp): Read<number> {
  return (values, where) => {
    const value = single(values, where);
    const number = Number(value.replace(suffix, ''));
    if (/^\d/.test(value) && Number.isFinite(number) && number > 0) return number;
    throw new UsageError(`${where}: ${JSON.stringify(value)} is not a number of ${unit} above 0.`);
  };
}

export function oneOf<T extends string>(...options: readonly T[]): Read<T> {
  return (values, where) => pick(single(values, where), where, options);
}

export function someOf<T extends string>(...options: readonly T[]): Read<readonly T[]> {
  return (values, where) => [...new Set(list(values, where).map((value) => pick(value, where, options)))];
}

function pick<T extends string>(value: string, where: string, options: readonly T[]): T {
  const found = options.find((option) => option === value);
  if (found !== undefined) return found;
  const known = options.join(', ');
  throw new UsageError(`${where}: ${JSON.stringify(value)} is none of ${known}.${suggest(value, options)}`);
}

export const shard: Read<{ index: number; of: number }> = (values, where) => {
  const value = single(values, where);
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(value);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (index >= 1 && index <= of) return { index, of };
  throw new UsageError(`${where}: ${JSON.stringify(value)} is not a shard such as 1/4 (the first of four).`);
};

export const url: Read<string> = (values, where) => {
  const value = single(values, where);
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') {
    const hint = /^[\w.-]+(:\d+)?(\/|$)/.test(value) ? ` Did you mean http://${value}?` : '';
    throw new UsageError(`${where}: ${JSON.stringify(value)} is not an http:// or https:// URL.${hint}`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new UsageError(
      `${where}: the URL holds a user name or password; credentials come from AWS_* variables or --profile.`,
    );
  }
  return value;
};
