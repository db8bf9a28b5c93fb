import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The chunks of the first list, in the order in which the browser needs them, each with its entry
 * modules: `rows` draws the rows, `kit` is the app that takes them over. A module that both need
 * belongs to the first.
 */
const STAGES = [
  ['rows', 'src/early-list.ts'],
  ['kit', 'src/main.tsx', 'src/app/list-page.tsx', 'src/session/open/method.ts'],
] as const;

/** Modules with a top-level await, kept out of the chunks: a chunk's importers would wait too. */
const WAITING = [local('src/main.tsx')];

/** Modules that the libraries' index files import, but that the first list never uses. */
const LATER = /useBlocker|mutationObserver|useMutation|queriesObserver|useQueries/i;

/** Returns every module that `root` imports statically, directly or not, and `root` itself. */
function needs(root: string, graph: Graph): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) visit(next);
  };
  visit(root);
  return found;
}

/**
 * Returns the chunk groups of the first list; the bundler splits everything else. Few chunks mean
 * fewer requests, and a tenth less after compression.
 */
export function firstListChunks(): Rolldown.CodeSplittingGroup[] {
  const found = new Map<string, ReadonlySet<string>>();
  const needed = (root: string, graph: Graph): ReadonlySet<string> => {
    const known = found.get(root) ?? needs(local(root), graph);
    found.set(root, known);
    return known;
  };
  const stageOf = (id: string, graph: Graph): string | undefined =>
    WAITING.includes(id) || LATER.test(id)
      ? undefined
      : STAGES.find(([, ...roots]) => roots.some((root) => needed(root, graph).has(id)))?.[0];
  // Libraries change less often than the app: in a chunk of their own they stay in the cache.
  const chunkOf = (id: string, graph: Graph): string | undefined => {
    const stage = stageOf(id, graph);
    if (stage !== 'kit') return stage;
    // All styles in one sheet, because the browser shows nothing before it has them.
    if (id.endsWith('.css')) return 'rows';
    return id.includes('node_modules') ? 'vendor' : stage;
  };
  return ['kit', 'vendor', 'rows'].map((name, priority) => ({
    name: (id, graph) => (chunkOf(id, graph) === name ? name : null),
    debugName: name,
    priority,
  }));
}
