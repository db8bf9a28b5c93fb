import { settings } from '#lib/settings.ts';
import { DEFAULT_COLUMNS, readColumns } from './columns.ts';

/** Rows a page, where the person has not chosen. */
export const DEFAULT_SIZE = 20;

/** The address of the first page of all patients, before anybody has searched or sorted. */
export const firstPageUrl = (fhirBaseUrl: string): string =>
  `${fhirBaseUrl}/Patient?_count=${DEFAULT_SIZE}`;

/** Whether the list begins as it does for everybody: nobody chose other columns or page sizes. */
export const isFirstPage = (): boolean =>
  readColumns() === DEFAULT_COLUMNS && settings().pageSize === undefined;
