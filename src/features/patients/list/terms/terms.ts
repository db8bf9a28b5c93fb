import { defineCatalogue } from '#i18n/catalogue.ts';
import { useMessages } from '#i18n/provider.tsx';
import en from './messages/en.json';

const messages = defineCatalogue(en);

/** Message ids of the labels for search parameters of Patient (FHIR R4 §8.1.3). */
const TERMS: Readonly<Record<string, keyof typeof en>> = {
  name: 'name',
  family: 'family',
  given: 'given',
  birthdate: 'birthDate',
  'death-date': 'deathDate',
  gender: 'gender',
  identifier: 'identifier',
  phone: 'phone',
  telecom: 'phone',
  email: 'email',
  address: 'address',
  'address-city': 'city',
  'address-state': 'state',
  'address-country': 'country',
  'address-postalcode': 'postcode',
  active: 'status',
  deceased: 'status',
  _lastUpdated: 'lastUpdated',
  _id: 'technicalId',
  _tag: 'tag',
  _has: 'condition',
};

/** Whether a search parameter has a label. */
export function isTerm(param: string): boolean {
  return Object.hasOwn(TERMS, param);
}

/** Returns a function that labels a search parameter; without a label it returns its name. */
export function useTerm(): (param: string) => string {
  const t = useMessages(messages);
  return (param) => {
    const id = isTerm(param) ? TERMS[param] : undefined;
    return id ? t(id) : param;
  };
}
