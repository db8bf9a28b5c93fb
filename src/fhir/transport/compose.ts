/**
 * One request as a plain value. Not a `Request`, because its body can be read only once, and the
 * stream of a cloned body cannot be sent twice either.
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

/** A layer around sending, such as auth, retry or log. */
export type Layer = (next: Send) => Send;

/** Wraps `send` in layers; the first layer is the outermost. */
export function compose(layers: readonly Layer[], send: Send): Send {
  return layers.reduceRight((next, layer) => layer(next), send);
}

/** Whether a request changes nothing on the server, so that it may be repeated. */
export function isRead({ method, url }: Call): boolean {
  return method === 'GET' || (method === 'POST' && new URL(url).pathname.endsWith('/_search'));
}

/** Whether a URL lies at or under the base: same origin and same path prefix. */
export function isUnder(baseUrl: string, url: string): boolean {
  if (!URL.canParse(baseUrl) || !URL.canParse(url)) return false;
  const base = new URL(baseUrl);
  const target = new URL(url);
  const path = base.pathname.replace(/\/+$/, '');
  return (
    target.origin === base.origin &&
    target.username === '' &&
    target.password === '' &&
    // A server may decode an encoded slash or dot, even one encoded twice, and so leave the base.
    // The same holds for `..;x`, because Tomcat removes the semicolon and the text after it.
    !/%2[5ef]|%5c|\/\.\.?(?:;|%3b)/i.test(target.pathname) &&
    (target.pathname === path || target.pathname.startsWith(`${path}/`))
  );
}
