/** A list with another item at one place. */
export function replaced<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return items.map((one, at) => (at === index ? item : one));
}

/** A list without some items in a row. */
export function without<T>(items: readonly T[], from: number, count = 1): readonly T[] {
  return [...items.slice(0, from), ...items.slice(from + count)];
}
