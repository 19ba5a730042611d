import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { forbidden, type Import, importsBelow, importsIn, unnamedFolders } from './kit/import-rules.ts';

const imports = importsBelow(fileURLToPath(new URL('..', import.meta.url)));

describe('who may import whom', () => {
  test('every import keeps to the rooms, to the order of the folders, and out of circles', () => {
    expect(forbidden(imports)).toEqual([]);
  });

  test('every folder has its place in the order', () => {
    expect(unnamedFolders(imports)).toEqual([]);
  });

  test('the reader of import lines sees them', () => {
    expect(imports).toContainEqual({ file: 'engine/interface/options.ts', of: 'specs/types/wire.ts', typeOnly: true });
    expect(imports.length).toBeGreaterThan(1_000);
    expect(importsIn('cli/a.ts', "const { b } = await import('../engine/b.ts');\nexport { c } from './c.ts';")).toEqual(
      [
        { file: 'cli/a.ts', of: 'engine/b.ts', typeOnly: false },
        { file: 'cli/a.ts', of: 'cli/c.ts', typeOnly: false },
      ],
    );
  });

  // The file is real, and so is what it would import; the import line is not in the repository.
  test.each([
    ['the model that imports the endpoint', 'specs/model/predict/predict.ts', 'targets/reference/core/world.ts'],
    ['the endpoint that imports the model', 'targets/reference/rules/tokens.ts', 'specs/model/rules/tokens.ts'],
    ['a report that imports the engine', 'reports/summary/summary.ts', 'engine/run/run.ts'],
    ['the engine that imports the command line', 'engine/run/run.ts', 'cli/common/exit-codes.ts'],
    ['a generator that imports a suite', 'generators/texts.ts', 'suites/catalogue.ts'],
    ['play that imports findings', 'engine/play/play.ts', 'engine/findings/finding.ts'],
    ['the checker that imports a race', 'engine/linearize/linearize.ts', 'engine/races/dataset-model.ts'],
    ['a rule that imports a prediction', 'specs/model/rules/tokens.ts', 'specs/model/predict/predict.ts'],
    ['a section that imports its page', 'reports/html/sections/findings.ts', 'reports/html/run-report.ts'],
    ['a setting that imports a command', 'cli/settings/flags.ts', 'cli/commands/run.ts'],
    ['the endpoint that imports a mutant', 'targets/reference/server/server.ts', 'targets/mutants/base/mutant.ts'],
    ['a circle within a folder', 'engine/play/played.ts', 'engine/play/play.ts'],
    ['the program that imports vitest', 'cli/run/report-run.ts', 'vitest'],
  ])('%s is refused, even for a type', (_, file, of) => {
    expect(imports.some((other) => other.file === file)).toBe(true);
    const planted: Import = { file, of, typeOnly: true };
    expect(forbidden([...imports, planted]).join('\n')).toContain(of);
  });
});
