import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Vitest leaves one free, which on a small machine is half of all.
          maxWorkers: '100%',
          // Their contrast is tested; without this the sheet is empty.
          css: { include: [/tokens\.css/] },
          include: ['{api,rooms,sfu,web,bench,deploy,e2e}/**/*.test.{ts,tsx}', '*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.services.test.ts'],
        },
      },
      {
        test: {
          name: 'services',
          expect: { poll: { timeout: 15_000 } },
          include: ['**/*.services.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          // As long as Playwright waits there: one second, the default, is short on a busy machine.
          expect: { poll: { timeout: 20_000 } },
          include: ['e2e/**/*.e2e.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
