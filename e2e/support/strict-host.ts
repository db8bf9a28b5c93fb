import { createServer, type ServerResponse } from 'node:http';
import { listen } from '#sandbox/oauth/listen.ts';

/**
 * Starts a server that passes on the responses of a host of the app, but with a policy that lacks
 * the hash of the early script, as a site that writes its own headers may send.
 *
 * @param origin of that host
 */
export async function strictHost(origin: string) {
  const hand = async (path: string, res: ServerResponse): Promise<void> => {
    const answer = await fetch(origin + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    res.setHeader('content-security-policy', policy.replace(/ 'sha256-[^;]+/, ''));
    res.setHeader('content-type', answer.headers.get('content-type') ?? '');
    res.statusCode = answer.status;
    res.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((req, res) => void hand(req.url ?? '/', res));
  const listening = await listen(server, 0);
  return { origin: `http://localhost:${listening.port}`, close: () => listening.close() };
}
