import { useMessages } from '#i18n/provider.tsx';
import { FILTERS, type Filter } from '../filters/filter-params.ts';
import type { Criteria } from '../query/criteria.ts';
import { messages as filterMessages } from '../filters/messages.ts';
import { readBox } from '../readings/read-box.ts';
import { useReadingWords } from '../readings/use-reading-words.ts';
import { useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';

/** Search parameter whose label each filter uses; the excluded filters have their own labels. */
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

/** Message ids of the options of select filters. */
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

/** Returns the criteria as labels and values: the typed text, its reading, and each filter. */
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
