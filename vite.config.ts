import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstList } from './first-list.config.ts';
import { icuMessages } from './messages.config.ts';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [icuMessages(), firstList(), react()],
  resolve: {
    alias: [
      // fhirclient: no ponyfill but a fetch with less, and nothing that prints tokens.
      { find: /^cross-fetch$/, replacement: local('src/session/smart/shims/fetch.ts') },
      { find: /^debug$/, replacement: local('src/session/smart/shims/debug.cjs') },
    ],
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Read by the size budgets; hosts do not serve dot folders.
    manifest: true,
    rollupOptions: {
      input: { index: 'index.html', redirect: 'redirect.html' },
      output: {
        codeSplitting: {
          // Two chunks instead of thirty crumbs: fewer requests, and a tenth less after compression.
          groups: [
            // What asks before the program is there, and what draws: neither waits for the other.
            {
              name: 'early',
              test: /vite[\\/]preload-helper|src[\\/](lib[\\/](early-answers|url|settings)|features[\\/]patients[\\/]list[\\/](first-page|columns))\.ts$|preload-helper/,
              priority: 2,
            },
            {
              name: 'rows',
              test: /src[\\/](app|features[\\/]patients[\\/]list)[\\/][\w.-]+\.css$|src[\\/]ui[\\/](button|data-table|error-alert|field|flag|icon|notice|page|pager|skeleton|async-view)\.module\.css$|react[\\/](jsx-runtime|cjs[\\/]react-jsx-runtime)|src[\\/](lib[\\/](early-page|narrow)|i18n[\\/](format|catalogue)|ui[\\/](draw|table-row|flag|icon|class-names)|fhir[\\/](names|dates|age|patient|coding|reference|safe-url)\.|features[\\/]patients[\\/]list[\\/](first-rows|patient-(cells|columns)|messages))/,
              priority: 1,
            },
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-sync-external-store|valibot)[\\/](?!.*(useBlocker|[mM]utationObserver|useMutation))/,
            },
            {
              name: 'kit',
              test: /src[\\/](session[\\/](?!jwt|sign-out)[\w-]+\.tsx?$|config[\\/](?!hosting)|ui[\\/](?!base|tokens|elements|dialog|raw-json|copy-button|description-list|plot)|i18n[\\/]|lib[\\/](?!similarity|early-answers|url|settings)|data[\\/](?!mutations)|fhir[\\/](?!search-text|date-parse|diff|match|merge|similar|duplicates|observation|patient-details|value|bulk|json-equal))/,
            },
          ],
        },
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'sandbox/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
});
