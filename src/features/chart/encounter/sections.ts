import type { FhirResource, SearchParams } from '#fhir/types.ts';
import { list, record } from '#lib/narrow.ts';
import { referenceOf } from '../panel-query/of-patient.ts';
import type { MessageId, Panel } from '../panel.ts';
import { conditions } from '../panels/conditions.tsx';
import { documents } from '../panels/documents.tsx';
import { medicationStatements } from '../panels/medication-statements.tsx';
import { medications } from '../panels/medications.tsx';
import { observations } from '../panels/observations.ts';
import { procedures } from '../panels/procedures.tsx';
import { reports } from '../panels/reports.tsx';
import { requests } from '../panels/requests.tsx';

/**
 * The sections of the encounter page: one search for each panel, made when it comes into view. R4
 * has no search for the immunizations of an encounter.
 */
export const sections: readonly { readonly title: MessageId; readonly panels: readonly Panel[] }[] =
  [
    { title: 'observations', panels: [observations] },
    { title: 'conditions', panels: [conditions] },
    { title: 'procedures', panels: [procedures] },
    { title: 'orders', panels: [requests, medications] },
    { title: 'medication-statements', panels: [medicationStatements] },
    { title: 'notes', panels: [documents, reports] },
  ];

/**
 * Returns the search criteria for the records of an encounter. A MedicationStatement may belong to
 * an episode of care instead, so its parameter has another name and needs the type.
 *
 * @see https://hl7.org/fhir/R4/medicationstatement.html#search
 */
export const encounterParams = ({ type }: Panel, id: string): SearchParams =>
  type === 'MedicationStatement' ? { context: `Encounter/${id}` } : { encounter: id };

/**
 * Whether a resource says that it belongs to an encounter: by `encounter`, by `context`, or, for
 * documents, by `context.encounter`. A server that ignores the search parameter sends the whole chart.
 */
export function isOfEncounter(resource: FhirResource, id: string, baseUrl: string): boolean {
  const r = record(resource);
  const references = [r['encounter'], r['context'], ...list(record(r['context'])['encounter'])];
  return references.some((reference) => {
    const target = referenceOf(resource, reference, baseUrl);
    return target?.type === 'Encounter' && target.id === id;
  });
}
