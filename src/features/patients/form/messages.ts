import { defineCatalogue } from '#i18n/catalogue.ts';
import type { Translate } from '#i18n/provider.tsx';
import en from './messages/en.json';

export const messages = defineCatalogue(en);

/** Function that returns a message of the form in the user's language. */
export type FormText = Translate<keyof typeof en>;
