import { useMessages } from '#i18n/provider.tsx';
import { FILTERS, type Filter } from '../filters/filter-params.ts';
import type { Criteria } from '../query/criteria.ts';
import { messages as filterMessages } from '../filters/messages.ts';
import { readBox } from '../readings/read-box.ts';
import { useReadingWords } from '../readings/use-reading-words.ts';
import { useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';

/** The search parameter whose words are those of a filter; the others have words of their own. */
const PARAMS: Readonly<Record<Exclude<Filter, 'ageFrom' | 'ageTo' | 'updated'>, string>> = {
  family: 'family',
  given: 'given',
  birthDate: 'birthdate',
  gender: 'gender',
  identifier: 'identifier',
  phone: 'phone',
  email: 'email',
  address: 'address',
  status: 'active',
  id: '_id',
  tag: '_tag',
  condition: '_has',
};

/** What may be chosen, and its words. */
const CHOICES = {
  female: 'female',
  male: 'male',
  other: 'other',
  unknown: 'unknown',
  active: 'statusActive',
  inactive: 'statusInactive',
  living: 'statusLiving',
  deceased: 'statusDeceased',
} as const;

const isChoice = (value: string): value is keyof typeof CHOICES => Object.hasOwn(CHOICES, value);

/** What was searched for, as typed, and how the search box was read: one entry for each. */
export function useCriteriaWords({
  text,
  as,
  filters = {},
}: Criteria): readonly { readonly what: string; readonly value: string }[] {
  const t = useMessages(messages);
  const inFilters = useMessages(filterMessages);
  const term = useTerm();
  const wordsOf = useReadingWords();
  const labelOf = (filter: Filter): string => {
    if (filter === 'updated') return inFilters('updatedSince');
    if (filter === 'ageFrom' || filter === 'ageTo') return inFilters(filter);
    return term(PARAMS[filter]);
  };
  const reading = text ? readBox({ text, ...(as && { as }) }).chosen : undefined;
  return [
    ...(text ? [{ what: t('box'), value: text }] : []),
    ...(reading ? [{ what: t('readAs'), value: wordsOf(reading) }] : []),
    ...FILTERS.flatMap((filter) => {
      const value = filters[filter]?.trim();
      if (!value) return [];
      const chosen = filter === 'gender' || filter === 'status';
      const shown = chosen && isChoice(value) ? inFilters(CHOICES[value]) : value;
      return [{ what: labelOf(filter), value: shown }];
    }),
  ];
}
