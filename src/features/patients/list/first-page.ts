/** Rows a page, where the person has not chosen. */
export const DEFAULT_SIZE = 20;

/** The address of the first page of all patients, before anybody has searched or sorted. */
export const firstPageUrl = (fhirBaseUrl: string): string =>
  `${fhirBaseUrl}/Patient?_count=${DEFAULT_SIZE}`;
