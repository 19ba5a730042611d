import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';

const built = ['packed-package', 'program', 'docs-run', 'on-github'].map((name) => `tests/${name}.test.ts`);

const clients = 'tests/clients/*.test.ts';

const config: ViteUserConfig = defineConfig({
  test: {
    // All processors: by default one is left idle, of two the half.
    maxWorkers: '100%',
    globalSetup: 'tests/own-temporary-folder.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{api,specs,generators,engine,targets,suites,reports,cli,scripts,tests}/**/*.test.ts'],
          exclude: [...built, clients],
          // Files share their modules, which hold no state: loading them anew for each would take longer than most tests.
          isolate: false,
          // Long enough for a slow machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'clients',
          // Each changes the settings of its client.
          include: [clients],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'built',
          include: built,
          globalSetup: 'tests/build-first.ts',
          testTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['tests/conformance/**/*.conformance.ts'],
        },
      },
    ],
  },
});

export default config;
