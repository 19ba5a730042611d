import type { Disposition } from '../state/disposition.ts';
import type { Choices } from '../state/choices.ts';

/** What DeviceLastModifiedDate must show after a write; undefined: not known. */
export function deviceDateAfter(one: Disposition, choices: Choices): number | null | undefined {
  // Whether the date of a value that stays, or goes, is kept with it is nowhere said.
  if (one.patch.deviceDate === undefined || one.value === null || repeats(one)) return undefined;
  if (choices['device-date'] === 'echoed') return one.patch.deviceDate;
  return choices['device-date'] === 'absent' ? null : undefined;
}

/** Whether a patch writes the value that the record has: its count may rise while nothing is modified. */
export function repeats(one: Disposition): boolean {
  return one.value !== null && one.value === one.record?.value;
}
