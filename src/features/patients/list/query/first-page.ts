import { settings, USUAL_SIZE } from '#lib/settings.ts';

/** Returns the URL of the first page of all patients, without criteria or sort. */
export const firstPageUrl = (fhirBaseUrl: string): string =>
  `${fhirBaseUrl}/Patient?_count=${USUAL_SIZE}`;

/** Whether the list starts with the default columns and page size in this browser. */
export const isFirstPage = (): boolean =>
  settings().columns === undefined && settings().pageSize === undefined;
