import { defineCatalogue } from '#i18n/catalogue.ts';
import type { Translate } from '#i18n/provider.tsx';
import en from './messages/en.json';

export const messages = defineCatalogue(en);

/** Says a message of the form in the person's language. */
export type FormText = Translate<keyof typeof en>;
