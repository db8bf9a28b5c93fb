/**
 * Whether a server is Google's Healthcare API. It ignores the form of a POST _search, and its
 * totals are estimates on all pages but the last.
 *
 * @param url the server's base, or a URL below it
 * @see https://cloud.google.com/healthcare-api/docs/how-tos/best-practices-fhir-search
 */
export const isGoogle = (url: string): boolean =>
  url.startsWith('https://healthcare.googleapis.com/');
