import type { QueryClient } from '@tanstack/react-query';
import type { Fhir } from '#data/fhir-context.ts';
import { readQuery } from '#data/queries.ts';
import { Forbidden } from '#fhir/errors.ts';
import type { FhirResource, Page, ResourceType } from '#fhir/types.ts';
import { limit } from './limit.ts';
import { isOfPatient, referenceOf } from './of-patient.ts';
import type { Panel } from '../panel.ts';

/** Maximum number of resources read for a page: each is a request. */
const MOST = 20;

/** Milliseconds that a page waits for the names of its rows. */
const PATIENCE = 3_000;

/** Separate from the limit of the chart's searches, so that no search waits for a name. */
const atMost = limit(4);

/** Returns which resources hold the names of rows and were not included, in the rows' order. */
function missing(
  page: Page<FhirResource>,
  { panel, patientId, fhir }: { panel: Panel; patientId: string; fhir: Fhir },
): readonly { readonly type: ResourceType; readonly id: string }[] {
  if (panel.calledBy === undefined) return [];
  const { type, reference } = panel.calledBy;
  const came = new Set([...page.items, ...page.included].map((r) => `${r.resourceType}/${r.id}`));
  const rows = page.items.filter((r) => panel.belongs(r) && isOfPatient(r, patientId));
  const wanted = (panel.order ? rows.toSorted(panel.order) : rows).flatMap((row) => {
    const to = referenceOf(row, reference(row), fhir.client.baseUrl);
    if (to?.type !== type || came.has(`${type}/${to.id}`)) return [];
    return [[to.id, { type, id: to.id }] as const];
  });
  return [...new Map(wanted).values()].slice(0, MOST);
}

/**
 * Reads the resources that hold the names of rows, where the server did not include them: some
 * servers refuse `_include` together with a sort, or ignore it. A row whose name cannot be read in
 * time stays without one.
 */
export async function resolveReferences(
  page: Page<FhirResource>,
  o: {
    readonly panel: Panel;
    readonly patientId: string;
    readonly fhir: Fhir;
    readonly client: QueryClient;
    readonly signal: AbortSignal;
  },
): Promise<readonly FhirResource[]> {
  const all = missing(page, o);
  if (all.length === 0) return [];
  const signal = AbortSignal.any([o.signal, AbortSignal.timeout(PATIENCE)]);
  let refused = false;
  const read = async ({ type, id }: (typeof all)[number]): Promise<FhirResource | undefined> => {
    if (refused) return undefined;
    const { resource } = await o.client.fetchQuery({
      ...readQuery(o.fhir, type, id),
      queryFn: () => o.fhir.client.read(type, id, { signal }),
    });
    return resource;
  };
  const found = await Promise.all(
    all.map((one) =>
      atMost(() => read(one), signal).catch((error: unknown) => {
        // A user who may not read one of them may read none.
        refused ||= error instanceof Forbidden;
        return undefined;
      }),
    ),
  );
  return found.filter((resource) => resource !== undefined);
}
