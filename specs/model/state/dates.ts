import type { Output } from '../../types/answer.ts';
import type { Moment } from './prediction.ts';
import type { Choices } from './choices.ts';
import type { Deviation } from './deviation.ts';
import { show } from './show.ts';
import type { ExpectedDeviceDate, SeenDate } from './dataset-state.ts';

/** Seconds by which a server's clock may be off before a date counts as not the server's own time. */
const dayInSeconds = 86_400;
/** The same where the answer tells the server's time: less than any time zone is off. */
export const quarterInSeconds = 900;
/** Above this a number cannot be epoch seconds of our time: it is the year 5138. */
const latestSeconds = 1e11;

export interface ExpectedDates {
  readonly deviceDate: ExpectedDeviceDate;
}

/** Checks the dates of a record that was just written. `moment`: when, or when it was first shown. */
export function inspectDates(
  record: Output,
  pointer: string,
  expected: ExpectedDates,
  moment: Moment,
): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const add = (member: string, wanted: string, suspect: string): void =>
    void deviations.push({
      pointer: `${pointer}/${member}`,
      expected: wanted,
      actual: show(record[member]),
      suspects: [suspect],
    });
  const modified = record['LastModifiedDate'];
  if (modified === undefined || modified === null)
    add('LastModifiedDate', 'the time of the write', 'record/last-modified-is-server-time');
  else if (!isEpochSeconds(modified))
    add('LastModifiedDate', 'a number of seconds since 1970', 'record/dates-are-epoch-seconds');
  else if (!isTimeOf(modified, moment))
    add(
      'LastModifiedDate',
      `about ${Math.round(moment.answered ?? moment.asked)}, the time of the write`,
      'record/last-modified-is-server-time',
    );
  const device = record['DeviceLastModifiedDate'];
  if (device !== undefined && device !== null && !isEpochSeconds(device))
    add('DeviceLastModifiedDate', 'a number of seconds since 1970, or nothing', 'record/dates-are-epoch-seconds');
  else deviations.push(...inspectDeviceDate(device ?? null, `${pointer}/DeviceLastModifiedDate`, expected, moment));
  return deviations;
}

/** Holds a date to the option that the target took, or to all there are (S-23, S-24). */
function inspectDeviceDate(
  shown: number | null,
  pointer: string,
  { deviceDate: expected }: ExpectedDates,
  moment: Moment,
): readonly Deviation[] {
  const differs = (wanted: string, ...suspects: readonly string[]): readonly Deviation[] => [
    { pointer, expected: wanted, actual: show(shown), suspects },
  ];
  const source = 'record/device-date-has-source';
  const isServerMade = shown !== null && isTimeOf(shown, moment);
  if (expected === undefined) return [];
  if (expected === 'server-made')
    return isServerMade ? [] : differs('the time of the write', 'consistency/device-date', source);
  if (expected === null || typeof expected === 'number')
    return shown === expected ? [] : differs(show(expected), 'consistency/device-date', source);
  if (shown === null || isServerMade || isSameDate(shown, expected.sent)) return [];
  return differs(
    expected.sent === 0
      ? 'nothing, or the time of the write'
      : `${expected.sent} as it was sent, the time of the write, or nothing`,
    source,
  );
}

/** The Date header may be that of a proxy, or of a cache: a date that fits our own clock is as good. */
function isTimeOf(date: number, { asked, answered }: Moment): boolean {
  if (answered === null) return Math.abs(date - asked) <= dayInSeconds;
  return [asked, answered].some((time) => Math.abs(date - time) <= quarterInSeconds);
}

/** Seconds by which a date may lie before an earlier one: servers behind one address have clocks of their own. */
const clocksApart = 2;

/** Whether a rewritten record's date moved on, when a pause long enough lay between the writes. */
export function inspectMove(
  before: SeenDate | null,
  pauses: number,
  date: unknown,
  pointer: string,
  suspect: string,
  choices: Choices,
): readonly Deviation[] {
  if (before === null || typeof date !== 'number') return [];
  // Where other answers tell fractions of a second, the pauses are too short for whole ones.
  const paused = pauses > before.pauses && !(choices['date-resolution'] === 'milliseconds' && Number.isInteger(date));
  if (!isBefore(date, before.date) && !(paused && date === before.date)) return [];
  return [{ pointer, expected: `later than ${before.date}`, actual: show(date), suspects: [suspect] }];
}

/** Whether one date may be the other told more coarsely: in whole seconds, or without what is below a millisecond. */
export function isSameDate(a: number, b: number): boolean {
  const coarser = Number.isInteger(a) || Number.isInteger(b) ? 1 : 0.001;
  return a === b || Math.abs(a - b) < coarser;
}

/** Whether a server may have read its clock once for its answer and once for what it stored. */
export function isSameWrite(told: number, stored: number): boolean {
  return Math.abs(told - stored) <= 1;
}

/** Whether a date lies so far before another that no clock explains it. */
export function isBefore(date: number, other: number): boolean {
  return date < other - clocksApart;
}

export function isEpochSeconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < latestSeconds;
}

/** The date of a write as the answer to it tells it; what cannot be its time is nothing to hold other answers against. */
export function toldDate(value: unknown, pauses: number, moment: Moment): SeenDate | null {
  return isEpochSeconds(value) && isTimeOf(value, moment) ? { date: value, pauses } : null;
}

export function seenDate(value: unknown, pauses: number): SeenDate | null {
  return isEpochSeconds(value) ? { date: value, pauses } : null;
}
