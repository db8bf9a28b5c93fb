import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import {
  build,
  createServer,
  type HtmlTagDescriptor,
  type Plugin,
  type ResolvedConfig,
  type Rolldown,
} from 'vite';
import { icuMessages } from './messages.config.ts';
import { CSS_MODULES } from './styles.config.ts';
import { START_TEXTS } from './src/app/error-pages/start-texts.ts';
import { LANGUAGES } from './src/lib/settings.ts';
import type { prerender } from './src/prerender.tsx';

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const EARLY = local('src/early.ts');
const MAIN = local('src/main.tsx');
const ROWS = local('src/early-list.ts');
const PAGES = local('src/app/pages.ts');
/** Modules fetched together with the app where it starts with the patient list. */
const LIST = [local('src/app/list-page.tsx'), local('src/session/open/method.ts')];

/** The modules that the early script imports; build inputs, because no other input imports them. */
export const EARLY_INPUTS = { main: MAIN, 'early-list': ROWS, pages: PAGES };

interface Files {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** Returns the files that the browser loads for some modules, each after the files it imports. */
function filesOf(modules: readonly string[], bundle: Rolldown.OutputBundle): Files {
  const seen = new Set<string>();
  const scripts: string[] = [];
  const styles = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (seen.has(file) || chunk?.type !== 'chunk') return;
    seen.add(file);
    for (const next of chunk.imports) visit(next);
    scripts.push(file);
    for (const css of chunk.viteMetadata?.importedCss ?? []) styles.add(css);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && modules.includes(chunk.facadeModuleId ?? '')) {
      visit(chunk.fileName);
    }
  }
  return { scripts, styles: [...styles] };
}

/** Returns the early script as one classic script, for `index.html` to hold inline. */
async function earlyScript({ base, mode }: ResolvedConfig, b: Rolldown.OutputBundle) {
  const built = await build({
    configFile: false,
    base,
    mode,
    logLevel: 'error',
    plugins: [
      {
        name: 'built-already',
        enforce: 'pre',
        resolveId(id, from) {
          if (from !== EARLY) return undefined;
          const module = join(dirname(from), id);
          const found = Object.entries(EARLY_INPUTS).find(([, path]) => path === module);
          return found && { id: `built:${found[0]}`, external: true };
        },
      },
    ],
    build: {
      target: 'es2022',
      write: false,
      lib: { entry: EARLY, formats: ['iife'], name: 'early' },
    },
  });
  const [{ output }] = built as [Rolldown.RolldownOutput];
  const code = output[0].code
    .trim()
    .replace(/built:([\w-]+)/g, (_, name: keyof typeof EARLY_INPUTS) => {
      return base + filesOf([EARLY_INPUTS[name]], b).scripts.at(-1);
    });
  // `</script` would end the script element early, and `<!--` can hide its end tag.
  if (/<\/script|<!--/i.test(code)) throw new Error('The early script cannot stand in a page');
  return code;
}

/** Returns the markup of the first list, as the app itself would draw it. */
async function prerendered(base: string): Promise<string> {
  const server = await createServer({
    configFile: false,
    base,
    mode: 'production',
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    css: { modules: CSS_MODULES }, // as in the style sheets that the markup is shown with
    plugins: [icuMessages(), react()],
  });
  try {
    const module = await server.ssrLoadModule(local('src/prerender.tsx'));
    return await (module as { prerender: typeof prerender }).prerender();
  } finally {
    await server.close();
  }
}

/** Placeholder in `index.html` for the alert that loading failed; hidden by styles until due. */
const LATE = '<!-- late -->';

/**
 * Returns the alert in English, with the early script's texts in every language as attributes. It
 * offers a link instead of a button, because it must work where no script has loaded at all.
 */
function lateAlert(): string {
  const texts = (language: string): readonly string[] => {
    const path = local(`src/app/error-pages/messages/${language}.json`);
    const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    return START_TEXTS.map((id) => all[id] ?? '');
  };
  const words = LANGUAGES.map((language) => `data-${language}="${texts(language).join('|')}"`);
  const [, failed, reload] = texts('en');
  return `<div id="late" role="alert" ${words.join(' ')}><p>${failed}</p><a href="">${reload}</a></div>`;
}

/**
 * Returns the script that starts the app where the host's own Content-Security-Policy forbids the
 * inline script. It may run before the page is parsed, so it waits for DOMContentLoaded. `data-on`
 * delays the alert while the app loads, as the early script does.
 */
const unaided = (main: string): string =>
  `if(!globalThis.earlyAnswers){const d=document,go=()=>{d.getElementById('late').dataset.on='';import('${main}')};d.readyState=='loading'?addEventListener('DOMContentLoaded',go):go()}\n`;

/** The tag by which the development server loads the early script, as an ordinary module. */
const AS_MODULE = /<script type="module" src="[^"]*early\.ts"><\/script>/;
const PLACE = '<!-- early -->';

/**
 * Puts into `index.html` all that draws the first list before the app has loaded: the early script,
 * the addresses of its styles and rows, and the page as the app would draw it, rendered by the
 * app's own components (`src/prerender.tsx`).
 */
export function firstList(): Plugin[] {
  let config: ResolvedConfig;
  let early = '';
  let alone = '';
  const first: Plugin = {
    name: 'first-list-script',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    async generateBundle(_options, bundle) {
      early = await earlyScript(config, bundle);
      const source = unaided(config.base + filesOf([MAIN], bundle).scripts.at(-1));
      alone = this.getFileName(this.emitFile({ type: 'asset', name: 'unaided.js', source }));
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace(AS_MODULE, PLACE),
    },
  };
  const then: Plugin = {
    name: 'first-list-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle, filename }) {
        if (!filename.endsWith('index.html') || !bundle) return [];
        const { base } = config;
        const urls = (files: readonly string[]): string[] => files.map((file) => base + file);
        const program = filesOf([MAIN], bundle);
        const list = filesOf(LIST, bundle);
        const rows = filesOf([ROWS], bundle);
        // Placed before the styles, because a script that follows a style sheet waits for it.
        const data = Object.entries({ rows, program, list }).map(
          ([name, { scripts }]) => `data-${name}="${urls(scripts).join(' ')}"`,
        );
        const script = `<script data-server="" ${data.join(' ')}>${early}</script>`;
        const start = `<script type="module" async fetchpriority="low" src="${base + alone}"></script>`;
        return {
          html: html.replace(PLACE, () => `${script}\n    ${start}`),
          tags: [
            ...urls([...new Set([program, list, rows].flatMap(({ styles }) => styles))])
              .filter((href) => !html.includes(href))
              .map((href): HtmlTagDescriptor => {
                const attrs = { rel: 'stylesheet', crossorigin: true, href };
                return { tag: 'link', attrs, injectTo: 'head' };
              }),
            {
              tag: 'template',
              attrs: { id: 'first-list' },
              children: await prerendered(base),
              injectTo: 'body',
            },
          ],
        };
      },
    },
  };
  const late: Plugin = {
    name: 'first-list-late',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace(LATE, lateAlert()) },
  };
  return [first, then, late];
}
