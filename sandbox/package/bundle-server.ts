import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('server/server.ts', import.meta.url));

/** Returns `server.mjs`: the sandbox's web host in one file that needs only Node 20. */
export async function bundledServer(): Promise<string> {
  const vite = await import('vite');
  const result = await vite.build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: ENTRY,
      write: false,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'server.mjs', format: 'es' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []));
  const [only, ...more] = chunks;
  if (only?.type !== 'chunk' || more.length > 0) throw new Error('the server is not one file');
  return only.code;
}
