import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstListChunks } from './chunks.config.ts';
import { EARLY_INPUTS, firstList } from './first-list.config.ts';
import { icuMessages } from './messages.config.ts';
import { CSS_MODULES } from './styles.config.ts';
import { unitTests } from './unit-tests.config.ts';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [icuMessages(), firstList(), react()],
  resolve: {
    alias: [
      // React itself has had useSyncExternalStore since version 18.
      { find: /^use-sync-external-store\/shim$/, replacement: local('src/external-store.ts') },
      // Two dependencies of fhirclient: the ponyfill gives way to a stricter fetch, and the logger,
      // which would print tokens, to one that prints nothing.
      { find: /^cross-fetch$/, replacement: local('src/session/smart/shims/fetch.ts') },
      { find: /^debug$/, replacement: local('src/session/smart/shims/debug.cjs') },
    ],
  },
  css: { modules: CSS_MODULES },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: {
      polyfill: false,
      // Every page has these chunks loaded when its first script runs: left in the list, each later
      // import would look for them again.
      resolveDependencies: (_file, dependencies, { hostType }) =>
        hostType === 'html'
          ? dependencies
          : dependencies.filter(
              (file) => !/^assets\/(rows|kit|vendor|rolldown-runtime)-/.test(file),
            ),
    },
    // The size budgets (.ci/budgets.ts) read it; hosts do not serve dot folders such as `.vite`.
    manifest: true,
    rollupOptions: {
      // The picker imports the list lazily though its code is in the first chunks, on purpose: the
      // warning about that is switched off.
      checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      // The early script imports the exports of the other inputs.
      preserveEntrySignatures: 'exports-only',
      input: { index: 'index.html', redirect: 'redirect.html', ...EARLY_INPUTS },
      output: {
        codeSplitting: { groups: firstListChunks() },
        // 42 bits suffice to tell versions apart, and short names save bytes: the first list names
        // every file that may be fetched later.
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
