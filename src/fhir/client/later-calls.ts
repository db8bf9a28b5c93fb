import type { Bundle, OperationOutcome } from 'fhir/r4';
import { isId } from '#lib/id.ts';
import { record } from '#lib/narrow.ts';
import { CreatedButUnknown, Invalid } from '../errors.ts';
import { headerText, type Answer, type Transport } from '../transport/transport.ts';
import type { CallOptions, FhirResource, ResourceOf, Versioned, WriteOptions } from '../types.ts';
import { readPage } from './bundle.ts';
import type { FhirClient } from './client.ts';
import { readHistory } from './history.ts';
import { asResource, checked, ofType } from './read-answer.ts';

/** The methods of the client that the first list does not need, loaded on first use. */
export type LaterCalls = Pick<
  FhirClient,
  'vread' | 'history' | 'create' | 'update' | 'remove' | 'validate' | 'match' | 'batch'
>;

export interface LaterCallsOptions {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly get: (url: string, c?: CallOptions, limit?: number) => Promise<Answer>;
  readonly read: FhirClient['read'];
  readonly conditionalCreate: boolean | undefined;
  /** Most bytes of a response. */
  readonly limit: number;
  /** Most bytes of a page. */
  readonly pageLimit: number;
}

/** Makes the methods of {@link FhirClient} whose code is loaded on first use. */
export function laterCalls(o: LaterCallsOptions): LaterCalls {
  const { baseUrl, transport, get, read, conditionalCreate, limit, pageLimit } = o;

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
      limit,
      headers:
        body === undefined ? headers : { ...headers, 'content-type': 'application/fhir+json' },
      body: JSON.stringify(body),
      ...c,
    });

  return {
    async vread(type, id, versionId, c) {
      const url = `${baseUrl}/${type}/${checked(id)}/_history/${checked(versionId)}`;
      return asResource(await get(url, c), type, id);
    },

    async history(type, id, from, c) {
      const url = from ?? `${baseUrl}/${type}/${checked(id)}/_history`;
      const body = ofType(await get(url, c, pageLimit), 'Bundle');
      const { rest, cut, ...own } = readHistory<ResourceOf<typeof type>>(body, { type, id });
      const page = readPage<never>(rest, { baseUrl, type, current: url });
      return { ...page, ...own, notices: [...page.notices, ...cut] };
    },

    async create<R extends FhirResource>(
      resource: R,
      c?: CallOptions & { readonly ifNoneExist?: string },
    ): Promise<Versioned<R>> {
      const type = resource.resourceType;
      const condition =
        conditionalCreate && c?.ifNoneExist
          ? { 'if-none-exist': headerText(c.ifNoneExist) }
          : undefined;
      const answer = await write('POST', type, resource, c, condition);
      // 201: created; 200: the condition matched an existing record (R4 §3.1.0.8.1).
      const met = condition && answer.status === 200 && ({ existed: true } as const);
      if (record(answer.json)['resourceType'] === type) {
        return { ...asResource<R>(answer, type), ...met };
      }
      // The server defaults to `Prefer: return=minimal`, or the conditional create matched.
      const location = answer.headers.get('location') ?? answer.headers.get('content-location');
      // 300 characters suffice for a type and two ids; a longer match could freeze the tab.
      const end = location?.slice(-300) ?? '';
      const [, kind, id = ''] = /(\w+)\/([^/]+)(?:\/_history\/[^/]*)?$/.exec(end) ?? [];
      const named = kind === type && isId(id);
      try {
        if (named) {
          const made = await read(type, id, { signal: c?.signal });
          return { ...(made as unknown as Versioned<R>), ...met };
        }
      } catch {
        // The resource was created, even if it cannot be read.
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
      // The write succeeded, so a failed read must not look like a refused write: BadResponse.
      const { signal } = c; // not the body of the PUT
      return read(type, resource.id, { signal }).catch(said) as unknown as Promise<Versioned<R>>;
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
        // Some servers send the OperationOutcome of an invalid resource with status 400 or 422.
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

    async batch(bundle, c) {
      return ofType(await write('POST', '', bundle, c), 'Bundle') as unknown as Bundle;
    },
  };
}
