import { defineCatalogue } from '#i18n/catalogue.ts';
import type { Translate } from '#i18n/provider.tsx';
import en from './messages/en.json';

export const messages = defineCatalogue(en);

export type T = Translate<keyof typeof en>;
