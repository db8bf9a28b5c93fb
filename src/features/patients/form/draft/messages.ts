import { defineCatalogue } from '#i18n/catalogue.ts';
import en from './messages/en.json';

export const messages = defineCatalogue(en);
