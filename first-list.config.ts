import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createServer, type HtmlTagDescriptor, type Plugin, type Rolldown } from 'vite';
import { icuMessages } from './messages.config.ts';
import type { prerender } from './src/prerender.tsx';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the first list is drawn with: their styles must be there before the patients are. */
const STYLED = ['main', 'list-page', 'early-list'];

function styles(bundle: Rolldown.OutputBundle): string[] {
  const seen = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (seen.has(file) || chunk?.type !== 'chunk') return;
    seen.add(file);
    for (const next of chunk.imports) visit(next);
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && STYLED.includes(chunk.name)) visit(chunk.fileName);
  }
  return [...found];
}

async function prerendered(base: string): Promise<string> {
  const server = await createServer({
    configFile: false,
    base,
    mode: 'production',
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [icuMessages(), react()],
  });
  try {
    const module = await server.ssrLoadModule(local('src/prerender.tsx'));
    return await (module as { prerender: typeof prerender }).prerender();
  } finally {
    await server.close();
  }
}

/**
 * Puts into `index.html` what the early script draws the first list with: its styles, and the page
 * as the program would draw it, made by the program itself (`src/prerender.tsx`).
 */
export function firstList(): Plugin {
  let base = '/';
  return {
    name: 'first-list',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle, filename }) {
        if (!filename.endsWith('index.html') || !bundle) return [];
        const missing = styles(bundle).filter((css) => !html.includes(css));
        const links = missing.map((css): HtmlTagDescriptor => {
          const attrs = { rel: 'stylesheet', crossorigin: true, href: base + css };
          return { tag: 'link', attrs, injectTo: 'head' };
        });
        const page = await prerendered(base);
        const attrs = { id: 'first-list' };
        return {
          // Not held up by style sheets, nor by an empty first picture: it only asks, and draws what
          // comes later.
          html: html.replace(
            '<script type="module"',
            '<script type="module" async blocking="render"',
          ),
          tags: [...links, { tag: 'template', attrs, children: page, injectTo: 'body' }],
        };
      },
    },
  };
}
