/** One change of a row; `value` null deletes it. */
export interface Change {
  readonly key: string;
  readonly value: string | null;
}

/** Where rows are kept. */
export interface Disk {
  readonly rows: () => Promise<readonly (readonly [key: string, value: string])[]>;
  /** All of them or none; resolves once they would survive a crash. Later writes are never there without earlier ones. */
  readonly write: (changes: readonly Change[]) => Promise<void>;
  readonly close: () => Promise<void>;
}
