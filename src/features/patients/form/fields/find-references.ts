import type { FhirClient } from '#fhir/client/client.ts';
import { conceptTexts } from '#fhir/values/coding.ts';
import { displayName } from '#fhir/patient/names.ts';
import { localReference, referenceText } from '#fhir/reference.ts';
import { textValues } from '#fhir/search/search-words.ts';
import type { FhirResource } from '#fhir/types.ts';
import { record, text } from '#lib/narrow.ts';

/**
 * Resource types that a patient may reference.
 * https://hl7.org/fhir/R4/patient-definitions.html#Patient.generalPractitioner
 */
export type TargetType = 'Practitioner' | 'PractitionerRole' | 'Organization';

export interface FoundReference {
  readonly type: TargetType;
  readonly reference: string;
  /** Name of the target, saved in `Reference.display`. */
  readonly display: string;
}

const COUNT = 10;

const nameOf = (resource: FhirResource): string | undefined =>
  resource.resourceType === 'Practitioner'
    ? displayName(resource).text
    : text(record(resource)['name']);

/**
 * Finds people and organizations by name. A PractitionerRole has no name, so the roles of the found
 * people are searched by reference, which every server supports, unlike a chained search. One
 * refused search does not affect the others.
 *
 * @param types resource types that the user may choose
 * @param name the name as typed
 * @throws the first error if every search is refused
 */
export async function findReferences(
  client: FhirClient,
  types: readonly TargetType[],
  name: string,
  signal?: AbortSignal,
): Promise<readonly FoundReference[]> {
  const named = (['Practitioner', 'Organization'] as const).filter(
    (type) =>
      types.includes(type) || (type === 'Practitioner' && types.includes('PractitionerRole')),
  );
  const answers = await Promise.allSettled(
    named.map((type) =>
      client.search<'Practitioner' | 'Organization'>(
        type,
        { name: textValues(name), _count: COUNT },
        undefined,
        { signal },
      ),
    ),
  );
  const refused = answers.find((a) => a.status === 'rejected');
  if (refused && answers.every((a) => a.status === 'rejected')) throw refused.reason;
  const items = answers.flatMap((a) => (a.status === 'fulfilled' ? [...a.value.items] : []));
  const found = items.map((item): FoundReference => ({
    type: item.resourceType,
    reference: `${item.resourceType}/${item.id}`,
    display: nameOf(item) ?? item.id,
  }));
  const people = found.filter((f) => f.type === 'Practitioner');
  const roles =
    types.includes('PractitionerRole') && people.length > 0
      ? await rolesOf(client, people, signal).catch(() => []) // a list without roles is useful
      : [];
  return [...found, ...roles].filter(({ type }) => types.includes(type));
}

async function rolesOf(
  client: FhirClient,
  people: readonly FoundReference[],
  signal?: AbortSignal,
): Promise<readonly FoundReference[]> {
  const page = await client.search(
    'PractitionerRole',
    {
      practitioner: people.map(({ reference }) => reference).join(','),
      _include: 'PractitionerRole:organization',
      _count: COUNT,
    },
    undefined,
    { signal },
  );
  const included = new Map(
    page.included.map((r) => [`${r.resourceType}/${r.id ?? ''}`, nameOf(r)]),
  );
  return page.items.flatMap((role): FoundReference[] => {
    const to = localReference(role.practitioner, client.baseUrl);
    // A server that ignores the parameter returns the roles of all practitioners.
    const who = people.find(({ reference }) => reference === `${to?.type}/${to?.id}`);
    if (!who) return [];
    const at = localReference(role.organization, client.baseUrl);
    const place = included.get(`${at?.type}/${at?.id}`) ?? text(role.organization?.display);
    const what = conceptTexts(role.code)[0] ?? conceptTexts(role.specialty)[0];
    const words = [what, place ?? (at ? undefined : referenceText(role.organization))];
    const rest = words.filter(Boolean).join(', ');
    return [
      {
        type: 'PractitionerRole',
        reference: `PractitionerRole/${role.id}`,
        display: rest ? `${who.display} (${rest})` : who.display,
      },
    ];
  });
}
