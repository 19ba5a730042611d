import type { Disposition } from '../state/disposition.ts';
import type { Choices } from '../state/choices.ts';
import type { ExpectedDeviceDate } from '../state/dataset-state.ts';

/** What DeviceLastModifiedDate must show after a write (S-23, S-24). */
export function deviceDateAfter(one: Disposition, choices: Choices): ExpectedDeviceDate {
  // Whether the date of a value that stays, or goes, is kept with it is nowhere said.
  if (one.value === null || repeats(one)) return undefined;
  const sent = one.patch.deviceDate;
  // A record that had a date may keep it.
  if (sent === undefined) return one.record === undefined ? { sent: 0 } : undefined;
  switch (choices['device-date']) {
    case 'echoed':
      return sent;
    case 'absent':
      return null;
    case 'server-made':
      return 'server-made';
    default:
      return { sent };
  }
}

/** Whether the target's own answer tells which date it must be. */
export function isHeldToOption(expected: ExpectedDeviceDate): boolean {
  return expected === null || typeof expected === 'number' || expected === 'server-made';
}

/** A date that a conforming target shows. `at`: the time of the write. */
export function sampleDeviceDate(expected: ExpectedDeviceDate, at: number): number | null {
  if (expected === 'server-made') return at;
  return typeof expected === 'number' ? expected : null;
}

/** Whether a patch writes the value that the record has: its count may rise while nothing is modified. */
export function repeats(one: Disposition): boolean {
  return one.value !== null && one.value === one.record?.value;
}
