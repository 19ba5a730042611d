/** A value as it stands in a report: short JSON, `nothing` for absent and null. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value) ?? 'something unprintable';
  return text.length <= 200 ? text : `${text.slice(0, 160)}… (${text.length} characters)`;
}
