import type { Bundle, OperationOutcome } from 'fhir/r4';
import type { RequestConfig } from '#config/schema.ts';
import { record } from '#lib/narrow.ts';
import { readPage } from './bundle.ts';
import type { FhirClient } from './client.ts';
import { CreatedButUnknown, Invalid } from '../errors.ts';
import { asResource, checked, ofType } from './read-answer.ts';
import { isId } from '../reference.ts';
import { searchQuery } from '../search/search-query.ts';
import {
  createTransport,
  headerText,
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
  Versioned,
  WriteOptions,
} from '../types.ts';

export interface ClientOptions extends TransportOptions {
  readonly requests?: RequestConfig | undefined;
}

/** Longer addresses are refused by proxies and app services; then the search goes by POST. */
const MAX_URL = 2000;

const MB = 1024 * 1024;
/** A page of 1,000 patients is about 4 MB. */
const PAGE_LIMIT = 32 * MB;
const LIMIT = 64 * MB;

/** The client for one session. See {@link FhirClient} for what it promises. */
export function createClient(o: ClientOptions): FhirClient {
  const { baseUrl } = o;
  const transport = createTransport(o);
  const usesPost = o.requests?.searchMethod === 'post';
  const strict = o.requests?.strictSearch ? { prefer: 'handling=strict' } : {};

  const get = (url: string, c?: CallOptions, limit = LIMIT, headers = {}) =>
    transport.call({ method: 'GET', url, limit, headers, ...c });

  /**
   * A page by GET, or by POST _search where the site wants it or the address would be too long: a
   * link to a later page may repeat what was searched for. R4 has no such search for other addresses
   * than a type's; HAPI's links are of the base, and say only where it keeps the answer.
   */
  const getPage = (url: string, c?: CallOptions, headers = {}): Promise<Answer> => {
    const { origin, pathname, search } = new URL(url);
    const kind = pathname.slice(new URL(baseUrl).pathname.replace(/\/+$/, '').length);
    const [, type] = /^(\/[A-Z][A-Za-z]+)(?:\/_search)?\/?$/.exec(kind) ?? [];
    if (!type || (!usesPost && url.length <= MAX_URL)) return get(url, c, PAGE_LIMIT, headers);
    return transport.call({
      method: 'POST',
      url: `${origin}${pathname.slice(0, -kind.length)}${type}/_search`,
      limit: PAGE_LIMIT,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: search.slice(1),
      ...c,
    });
  };

  const write = (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    c?: WriteOptions,
    headers: Record<string, string> = {},
  ) =>
    transport.call({
      method,
      url: path ? `${baseUrl}/${path}` : baseUrl,
      limit: LIMIT,
      headers:
        body === undefined ? headers : { ...headers, 'content-type': 'application/fhir+json' },
      body: JSON.stringify(body),
      ...c,
    });

  const read = async <T extends ResourceType>(type: T, id: string, c?: CallOptions) =>
    asResource<ResourceOf<T>>(await get(`${baseUrl}/${type}/${checked(id)}`, c), type, id);

  const page = async <R extends FhirResource>(
    type: string,
    url: string,
    ask: () => Promise<Answer>,
  ): Promise<Page<R>> =>
    readPage<R>(ofType(await ask(), 'Bundle'), { baseUrl, type, current: url });

  return {
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

    async vread(type, id, versionId, c) {
      const url = `${baseUrl}/${type}/${checked(id)}/_history/${checked(versionId)}`;
      return asResource(await get(url, c), type, id);
    },

    async history(type, id, from, c) {
      const url = from ?? `${baseUrl}/${type}/${checked(id)}/_history`;
      // Not a part of the first list.
      const [{ readHistory }, answer] = await Promise.all([
        import('./history.ts'),
        get(url, c, PAGE_LIMIT),
      ]);
      const body = ofType(answer, 'Bundle');
      const { rest, ...own } = readHistory<ResourceOf<typeof type>>(body, { type, id });
      return { ...readPage<never>(rest, { baseUrl, type, current: url }), ...own };
    },

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

    async create<R extends FhirResource>(
      resource: R,
      c?: CallOptions & { readonly ifNoneExist?: string },
    ): Promise<Versioned<R>> {
      const type = resource.resourceType;
      const condition =
        o.requests?.conditionalCreate && c?.ifNoneExist
          ? { 'if-none-exist': headerText(c.ifNoneExist) }
          : undefined;
      const answer = await write('POST', type, resource, c, condition);
      // 201 says that it was created, 200 that the condition was met already (R4 §3.1.0.8.1).
      const met = condition && answer.status === 200 && ({ existed: true } as const);
      if (record(answer.json)['resourceType'] === type) {
        return { ...asResource<R>(answer, type), ...met };
      }
      // `Prefer: return=minimal` by default, or a conditional create that matched.
      const location = answer.headers.get('location') ?? answer.headers.get('content-location');
      // Its last 300 characters hold a type and two ids; a longer match could stop the tab.
      const end = location?.slice(-300) ?? '';
      const [, kind, id = ''] = /(\w+)\/([^/]+)(?:\/_history\/[^/]*)?$/.exec(end) ?? [];
      const named = kind === type && isId(id);
      try {
        if (named) {
          return { ...((await read(type, id, c)) as unknown as Versioned<R>), ...met };
        }
      } catch {
        // What must not or cannot be read yet was created all the same.
      }
      throw new CreatedButUnknown(answer.status, named ? id : undefined);
    },

    async update<R extends FhirResource>(
      resource: R & { id: string },
      c: WriteOptions & { readonly ifMatch: string },
    ): Promise<Versioned<R>> {
      const type = resource.resourceType;
      const answer = await write('PUT', `${type}/${checked(resource.id)}`, resource, c, {
        'if-match': headerText(c.ifMatch),
      });
      const said = () => asResource<R>(answer, type, resource.id);
      if (record(answer.json)['resourceType'] === type) return said();
      // A refused read must not look like a refused write: then the answer is what was wrong.
      return read(type, resource.id, c).catch(said) as unknown as Promise<Versioned<R>>;
    },

    async remove(type, id, c) {
      await write('DELETE', `${type}/${checked(id)}`, undefined, c);
    },

    async validate(resource, c) {
      try {
        const answer = await write('POST', `${resource.resourceType}/$validate`, resource, c);
        if (record(answer.json)['resourceType'] === 'OperationOutcome') {
          return answer.json as OperationOutcome;
        }
        return { resourceType: 'OperationOutcome', issue: [] };
      } catch (error) {
        // Some servers answer an invalid resource with 400 or 422 and the same outcome.
        if (error instanceof Invalid && error.issues.length > 0) {
          return { resourceType: 'OperationOutcome', issue: [...error.issues] };
        }
        throw error;
      }
    },

    async match(patient, c) {
      const answer = await write(
        'POST',
        'Patient/$match',
        {
          resourceType: 'Parameters',
          parameter: [
            { name: 'resource', resource: patient },
            { name: 'count', valueInteger: 20 },
          ],
        },
        c,
      );
      return ofType(answer, 'Bundle');
    },

    everything(patientId, from, c) {
      const url = from ?? `${baseUrl}/Patient/${checked(patientId)}/$everything`;
      return page('', url, () => get(url, c, PAGE_LIMIT));
    },

    async batch(bundle, c) {
      return ofType(await write('POST', '', bundle, c), 'Bundle') as unknown as Bundle;
    },
  };
}
