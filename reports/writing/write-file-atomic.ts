import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file so that a reader sees either the old one or the whole new one; its folder is made if there is none. */
export async function writeFileAtomic(path: string, content: string, mode = 0o644): Promise<void> {
  const partial = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, content, { mode });
  await rename(partial, path);
}
