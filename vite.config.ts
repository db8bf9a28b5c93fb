import { fileURLToPath } from 'node:url';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * Compiles ICU message catalogues (`messages/<language>.json`) to syntax trees at build time, so
 * that no message parser travels to the browser. Plain text stays a string.
 */
function icuMessages(): Plugin {
  return {
    name: 'icu-messages',
    enforce: 'pre',
    transform: {
      filter: { id: /\/messages\/[\w-]+\.json$/ },
      handler(source) {
        const messages = JSON.parse(source) as Record<string, string>;
        const compiled = Object.entries(messages).map(([id, text]) => {
          const ast = parse(text, { captureLocation: false });
          const plain =
            ast.length === 0
              ? ''
              : ast.length === 1 && ast[0]?.type === TYPE.literal
                ? ast[0].value
                : undefined;
          return [id, plain ?? ast] as const;
        });
        return {
          code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`,
          map: null,
          moduleType: 'js',
        };
      },
    },
  };
}

/**
 * Puts `src/early.ts` before everything else, as a script of its own: Vite would join it to the
 * program, and it would arrive with it.
 */
function earlyScript(): Plugin {
  let base = '/';
  return {
    name: 'early-script',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle, filename }) {
        if (!filename.endsWith('index.html')) return [];
        const chunk = Object.values(bundle ?? {}).find(
          (file) => file.type === 'chunk' && file.isEntry && file.name === 'early',
        );
        const src = base + (chunk?.fileName ?? 'src/early.ts');
        const attrs = { type: 'module', crossorigin: true, src };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [icuMessages(), earlyScript(), react()],
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
      input: { index: 'index.html', redirect: 'redirect.html', early: 'src/early.ts' },
      output: {
        codeSplitting: {
          // Two chunks instead of thirty crumbs: fewer requests, and a tenth less after compression.
          groups: [
            // What the early script shares with the program must not wait for the program.
            {
              name: 'shared',
              test: /src[\\/](lib[\\/](early-answers|url)|.*[\\/]first-page)\.ts$/,
              priority: 1,
            },
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-sync-external-store|valibot)[\\/](?!.*(useBlocker|[mM]utationObserver|useMutation))/,
            },
            {
              name: 'kit',
              test: /src[\\/](session[\\/](?!jwt|sign-out)[\w-]+\.tsx?$|config[\\/](?!hosting)|ui[\\/](?!elements|dialog|raw-json|copy-button|description-list|plot)|i18n[\\/]|lib[\\/](?!similarity)|data[\\/](?!mutations)|fhir[\\/](?!search-text|date-parse|diff|match|merge|similar|duplicates|observation|patient-details|value|bulk|json-equal))/,
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
