import type { FhirResource } from '#fhir/types.ts';
import { list, record } from '#lib/narrow.ts';
import { referenceOf } from '../of-patient.ts';
import type { MessageId, Panel } from '../panel.ts';
import { conditions } from '../panels/conditions.tsx';
import { documents } from '../panels/documents.tsx';
import { medications } from '../panels/medications.tsx';
import { observations } from '../panels/observations.ts';
import { reports } from '../panels/reports.tsx';
import { requests } from '../panels/requests.tsx';

/** The sections of the encounter page: one search for each panel, made when it comes into view. */
export const parts: readonly { readonly title: MessageId; readonly panels: readonly Panel[] }[] = [
  { title: 'observations', panels: [observations] },
  { title: 'conditions', panels: [conditions] },
  { title: 'orders', panels: [requests, medications] },
  { title: 'notes', panels: [documents, reports] },
];

/**
 * Whether a resource says that it belongs to an encounter, by `encounter` or, for documents, by
 * `context.encounter`. A server that ignores the search parameter sends the whole chart.
 */
export function isOfEncounter(resource: FhirResource, id: string, baseUrl: string): boolean {
  const r = record(resource);
  const references = [r['encounter'], ...list(record(r['context'])['encounter'])];
  return references.some((reference) => {
    const target = referenceOf(resource, reference, baseUrl);
    return target?.type === 'Encounter' && target.id === id;
  });
}
