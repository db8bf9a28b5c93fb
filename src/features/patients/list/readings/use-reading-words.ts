import { formatDate } from '#fhir/dates/dates.ts';
import { unescapeValue } from '#fhir/search/search-plain.ts';
import type { Reading } from '#fhir/search/search-text.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';

const KINDS = {
  name: 'kindName',
  family: 'kindFamily',
  given: 'kindGiven',
  identifier: 'kindIdentifier',
  'birth-date': 'kindBirthDate',
  phone: 'kindPhone',
  email: 'kindEmail',
  id: 'kindId',
} as const;

/** Returns a function that describes a reading of the search box in words. */
export function useReadingWords(): (reading: Reading) => string {
  const t = useMessages(messages);
  return ({ kinds, birthDate, params }) =>
    kinds
      .map((kind) =>
        t(KINDS[kind], {
          date: formatDate(birthDate),
          // Tells which typed name is searched as family name and which as given name.
          name: unescapeValue(String(params[kind] ?? '')),
        }),
      )
      .join(t('kindAnd'));
}
