import { useQuery } from '@tanstack/react-query';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { readQuery } from '#data/queries.ts';
import { record, records, text } from '#lib/narrow.ts';
import { unlessRuledOut } from '../panels/current-first.ts';
import { isOfPatient, referenceOf } from '../panel-query/of-patient.ts';
import type { FindNamed } from '../cells/reasons.ts';

/** Maximum number of reasons and diagnoses that are looked up: each is a request. */
const MOST = 8;

/**
 * Reads the conditions and procedures to which an encounter refers, first those without a display,
 * as in German and most generated records: clinicians want the diagnosis, not its address. A display
 * does not tell whether the diagnosis was refuted since. Returns how to find one.
 */
export function useResolvedReferences(encounter: unknown, patientId: string): FindNamed {
  const fhir = useFhir();
  const readable = {
    Condition: useCan('read', 'Condition').allowed,
    Procedure: useCan('read', 'Procedure').allowed,
  };
  const e = record(encounter);
  const where = (reference: unknown) => referenceOf(e, reference, fhir.client.baseUrl);
  const references = [
    ...records(e['reasonReference']),
    ...records(e['diagnosis']).map(({ condition }) => record(condition)),
  ]
    .toSorted((a, b) => Number(!!text(a['display'])) - Number(!!text(b['display'])))
    .map(where);
  const wanted = new Map(
    references.flatMap((to) =>
      (to?.type === 'Condition' || to?.type === 'Procedure') && readable[to.type]
        ? [[`${to.type}/${to.id}`, { type: to.type, id: to.id }] as const]
        : [],
    ),
  );
  const ids = [...wanted.keys()].slice(0, MOST);
  const { data } = useQuery({
    queryKey: [...keys.reads(fhir, 'Condition'), 'named', ...ids],
    queryFn: ({ client }) =>
      Promise.all(
        [...wanted.values()].slice(0, MOST).map(({ type, id }) =>
          client.fetchQuery(readQuery(fhir, type, id)).then(
            ({ resource }) => resource,
            () => undefined, // a record that cannot be read has no name
          ),
        ),
      ),
    enabled: ids.length > 0,
  });
  return (reference) => {
    const to = where(reference);
    const found = data?.find((r) => r?.resourceType === to?.type && r?.id === to?.id);
    return found && isOfPatient(found, patientId) ? unlessRuledOut(found) : undefined;
  };
}
