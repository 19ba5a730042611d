/** The results by group, groups in the order in which they first appear. */
export function byGroup<Result extends { readonly group: string }>(
  results: readonly Result[],
): readonly (readonly [string, readonly Result[]])[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const members = groups.get(result.group);
    if (members === undefined) groups.set(result.group, [result]);
    else members.push(result);
  }
  return [...groups];
}
