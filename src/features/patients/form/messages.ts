import { defineCatalogue } from '#i18n/catalogue.ts';
import type { Translate } from '#i18n/provider.tsx';
import en from './messages/en.json';

export const messages = defineCatalogue(en);

/** A message of the form in the language of the page. */
export type FormText = Translate<keyof typeof en>;
