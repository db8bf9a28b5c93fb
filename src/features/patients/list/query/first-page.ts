import { settings, USUAL_SIZE } from '#lib/settings.ts';

/** The address of the first page of all patients, before anybody has searched or sorted. */
export const firstPageUrl = (fhirBaseUrl: string): string =>
  `${fhirBaseUrl}/Patient?_count=${USUAL_SIZE}`;

/** Whether the list begins as it does for everybody: nobody chose other columns or page sizes. */
export const isFirstPage = (): boolean =>
  settings().columns === undefined && settings().pageSize === undefined;
