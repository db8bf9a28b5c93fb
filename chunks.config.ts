import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * What the first list is made of, in the order in which it is needed: drawing its rows, and the
 * program that takes them over. A module goes where it is needed first.
 */
const STAGES = [
  ['rows', 'src/early-list.ts'],
  ['kit', 'src/main.tsx', 'src/app/list-page.tsx', 'src/session/open/method.ts'],
] as const;

/** It waits for others with top-level await: what is imported from it would wait with it. */
const WAITING = [local('src/main.tsx')];

/** Of the libraries' lists of everything: what no first list uses. */
const LATER = /useBlocker|mutationObserver|useMutation|queriesObserver|useQueries/i;

/** Every module that a module cannot do without. */
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
 * The chunks of the first list; all else is split by the bundler. Few chunks: fewer requests, and a
 * tenth less after compression.
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
  // Libraries change less often than the program: they stay in the browser's cache.
  const chunkOf = (id: string, graph: Graph): string | undefined => {
    const stage = stageOf(id, graph);
    if (stage !== 'kit') return stage;
    // One style sheet: the page waits for it before it shows anything.
    if (id.endsWith('.css')) return 'rows';
    return id.includes('node_modules') ? 'vendor' : stage;
  };
  return ['kit', 'vendor', 'rows'].map((name, priority) => ({
    name: (id, graph) => (chunkOf(id, graph) === name ? name : null),
    debugName: name,
    priority,
  }));
}
