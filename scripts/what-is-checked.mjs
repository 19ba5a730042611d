// Makes docs/what-is-checked.md again: npm run docs, which builds first.
import { writeFileSync } from 'node:fs';

/** @type {typeof import('../cli/common/what-is-checked.ts')} */
const { whatIsChecked } = await import(new URL('../dist/cli/common/what-is-checked.js', import.meta.url).href);
writeFileSync(new URL('../docs/what-is-checked.md', import.meta.url), whatIsChecked());
