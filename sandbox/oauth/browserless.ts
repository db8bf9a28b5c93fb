import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  json(): Record<string, unknown>;
}

/**
 * A minimal HTTP client that acts as a browser in tests: it keeps cookies, follows redirects on
 * request and trusts one certificate. It ignores the path of cookies, which the sandbox's servers
 * do not need.
 */
export class Browserless {
  readonly #cookies = new Map<string, string>();
  readonly #ca: string | undefined;

  /** @param ca PEM of the certificate to trust for https */
  constructor(ca?: string) {
    this.#ca = ca;
  }

  /** Sends a request and does not follow redirects. With `form` it is a POST. */
  send(
    url: string,
    o: { form?: Record<string, string>; headers?: Record<string, string>; method?: string } = {},
  ): Promise<Answer> {
    const body = o.form && new URLSearchParams(o.form).toString();
    const jar = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const req = request(
        url,
        {
          method: o.method ?? (body === undefined ? 'GET' : 'POST'),
          ...(this.#ca && { ca: this.#ca }),
          headers: {
            ...(jar && { cookie: jar }),
            ...(body !== undefined && {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(Buffer.byteLength(body)),
            }),
            ...o.headers,
          },
        },
        (res) => {
          for (const line of res.headers['set-cookie'] ?? []) this.#keep(line);
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('error', reject);
          res.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const headers = Object.fromEntries(
              Object.entries(res.headers).map(([k, v]) => [k, Array.isArray(v) ? v[0] : v]),
            );
            const json = (): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
            resolve({ status: res.statusCode ?? 0, headers, text, json });
          });
        },
      );
      req.on('error', reject);
      req.end(body);
    });
  }

  /**
   * Follows redirects to a page, or to an address that begins with `stopAt` and is not fetched.
   *
   * @returns the address reached, and the page if it was fetched
   */
  async follow(
    url: string,
    stopAt: string,
    form?: Record<string, string>,
  ): Promise<{ url: URL; page?: Answer }> {
    let at = new URL(url);
    let answer = await this.send(at.href, form ? { form } : {});
    for (let hops = 0; hops < 10; hops += 1) {
      const location = answer.headers.location;
      if (!location) return { url: at, page: answer };
      at = new URL(location, at);
      if (at.href.startsWith(stopAt)) return { url: at };
      answer = await this.send(at.href);
    }
    throw new Error('too many redirects');
  }

  #keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (!name) return;
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value ?? '');
  }
}

/** Returns a PKCE verifier and its challenge (RFC 7636, S256). */
export function pkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
