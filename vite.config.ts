import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstListChunks } from './chunks.config.ts';
import { EARLY_INPUTS, firstList } from './first-list.config.ts';
import { icuMessages } from './messages.config.ts';
import { unitTests } from './unit-tests.config.ts';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [icuMessages(), firstList(), react()],
  resolve: {
    alias: [
      // React has had it since version 18.
      { find: /^use-sync-external-store\/shim$/, replacement: local('src/external-store.ts') },
      // fhirclient: no ponyfill but a fetch with less, and nothing that prints tokens.
      { find: /^cross-fetch$/, replacement: local('src/session/smart/shims/fetch.ts') },
      { find: /^debug$/, replacement: local('src/session/smart/shims/debug.cjs') },
    ],
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: {
      polyfill: false,
      // What every page has loaded when its first script runs: to look for each of these again, each
      // time that something is imported later, is not free.
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'html'
          ? dependencies
          : dependencies.filter(
              (file) => !/^assets\/(rows|kit|vendor|rolldown-runtime)-/.test(file),
            ),
    },
    // Read by the size budgets; hosts do not serve dot folders.
    manifest: true,
    rollupOptions: {
      // The picker shows the list, whose code is in the first chunks: on purpose.
      checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      // The early script imports what another file exports.
      preserveEntrySignatures: 'exports-only',
      input: { index: 'index.html', redirect: 'redirect.html', ...EARLY_INPUTS },
      output: {
        codeSplitting: { groups: firstListChunks() },
        // 42 bits tell versions apart; the first list names every file that may be fetched later.
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
      },
    },
  },
  test: {
    environment: 'node',
    testTimeout: 20_000,
    projects: unitTests,
  },
});
