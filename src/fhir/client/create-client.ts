import type { RequestConfig } from '#config/schema.ts';
import { readPage } from './bundle.ts';
import { isGoogle } from './google.ts';
import type { FhirClient } from './client.ts';
import type { LaterCalls } from './later-calls.ts';
import { asResource, checked, ofType } from './read-answer.ts';
import { searchQuery } from '../search/search-query.ts';
import { beforehand, networkError } from '../transport/network.ts';
import {
  createTransport,
  timeoutOf,
  type Answer,
  type TransportOptions,
} from '../transport/transport.ts';
import type {
  CallOptions,
  FhirResource,
  Page,
  PageUrl,
  ResourceOf,
  ResourceType,
  SearchParams,
} from '../types.ts';

export interface ClientOptions extends TransportOptions {
  readonly requests?: RequestConfig | undefined;
}

/** Characters; proxies and app services refuse longer URLs, so such a search is sent by POST. */
const MAX_URL = 2000;

const MB = 1024 * 1024;
/** A page of 1,000 patients is about 4 MB. */
const PAGE_LIMIT = 32 * MB;
const LIMIT = 64 * MB;

const LATER = [
  'vread',
  'history',
  'create',
  'update',
  'remove',
  'validate',
  'match',
  'batch',
] as const satisfies readonly (keyof LaterCalls)[];

/** Makes the client for one session. */
export function createClient(o: ClientOptions): FhirClient {
  const { baseUrl } = o;
  const transport = createTransport(o);
  const usesPost = o.requests?.searchMethod === 'post';
  const strict = o.requests?.strictSearch ? { prefer: 'handling=strict' } : {};

  const get = (url: string, c?: CallOptions, limit = LIMIT, headers = {}) =>
    transport.call({ method: 'GET', url, limit, headers, ...c });

  /**
   * Fetches a page by GET, or by POST _search if the site configures it or the URL would be too
   * long. This includes page links, which may repeat the search terms. R4 has POST _search only for
   * `[base]/[type]`, so HAPI's page links, which lie at the base and hold no search terms, stay
   * GET. Google ignores the form and would return all patients, so a long URL stays a GET there.
   */
  const getPage = (url: string, c?: CallOptions, headers = {}): Promise<Answer> => {
    const { origin, pathname, search } = new URL(url);
    const kind = pathname.slice(new URL(baseUrl).pathname.replace(/\/+$/, '').length);
    const [, type] = /^(\/[A-Z][A-Za-z]+)(?:\/_search)?\/?$/.exec(kind) ?? [];
    const short = url.length <= MAX_URL || isGoogle(url);
    if (!type || (!usesPost && short)) return get(url, c, PAGE_LIMIT, headers);
    return transport.call({
      method: 'POST',
      url: `${origin}${pathname.slice(0, -kind.length)}${type}/_search`,
      limit: PAGE_LIMIT,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: search.slice(1),
      ...c,
    });
  };

  const read = async <T extends ResourceType>(type: T, id: string, c?: CallOptions) =>
    asResource<ResourceOf<T>>(await get(`${baseUrl}/${type}/${checked(id)}`, c), type, id);

  const page = async <R extends FhirResource>(
    type: string,
    url: string,
    ask: () => Promise<Answer>,
  ): Promise<Page<R>> =>
    readPage<R>(ofType(await ask(), 'Bundle'), { baseUrl, type, current: url });

  let fetched: Promise<LaterCalls> | undefined;
  const fetchLater = async (): Promise<LaterCalls> => {
    try {
      const { laterCalls } = await import('./later-calls.ts');
      return laterCalls({
        baseUrl,
        transport,
        get,
        read,
        conditionalCreate: o.requests?.conditionalCreate,
        limit: LIMIT,
        pageLimit: PAGE_LIMIT,
      });
    } catch (cause) {
      fetched = undefined; // so that the next call loads the code again
      throw networkError(cause, { wrote: false });
    }
  };
  const later = LATER.map((name) => [
    name,
    async (...args: never[]) => {
      const given: CallOptions | undefined = args.at(-1);
      const calls = await beforehand((fetched ??= fetchLater()), given ?? {}, timeoutOf(o));
      return (calls[name] as (...given: never[]) => unknown)(...args);
    },
  ]);

  return {
    ...(Object.fromEntries(later) as LaterCalls),
    baseUrl,

    async capabilities(c) {
      const { json } = await transport.call({
        method: 'GET',
        url: `${baseUrl}/metadata`,
        limit: LIMIT,
        headers: {},
        anonymous: true,
        signal: c?.signal,
      });
      return json;
    },

    read,

    search<T extends ResourceType>(
      type: T,
      params: SearchParams,
      from?: PageUrl,
      c?: CallOptions,
    ): Promise<Page<ResourceOf<T>>> {
      const query = searchQuery(params).toString();
      const url = from ?? `${baseUrl}/${type}${query && `?${query}`}`;
      return page(type, url, () => getPage(url, c, strict));
    },
  };
}
