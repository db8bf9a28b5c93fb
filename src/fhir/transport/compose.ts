/**
 * One request as a plain value. Not a `Request`: its body can be read only once, so that sending it
 * again needs clones, and a cloned body travels as a stream that the browser cannot repeat.
 */
export interface Call {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Sends one call. */
export type Send = (call: Call) => Promise<Response>;

/** A layer around sending: auth, retry, log. */
export type Layer = (next: Send) => Send;

/** Composes layers, the first outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), send);
}

/** What may be sent again without asking: it changes nothing on the server. */
export function isRead({ method, url }: Call): boolean {
  return method === 'GET' || (method === 'POST' && new URL(url).pathname.endsWith('/_search'));
}

/** Whether an address lies at or under the base: same origin and same path prefix. */
export function isUnder(baseUrl: string, url: string): boolean {
  if (!URL.canParse(baseUrl) || !URL.canParse(url)) return false;
  const base = new URL(baseUrl);
  const target = new URL(url);
  const path = base.pathname.replace(/\/+$/, '');
  return (
    target.origin === base.origin &&
    target.username === '' &&
    target.password === '' &&
    // An encoded slash or dot, or one encoded twice, could climb out of the base on the server's
    // side, and so could `..;x`: Tomcat and its like cut off what follows the semicolon first.
    !/%2[5ef]|%5c|\/\.\.?(?:;|%3b)/i.test(target.pathname) &&
    (target.pathname === path || target.pathname.startsWith(`${path}/`))
  );
}
