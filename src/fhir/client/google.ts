/**
 * Whether a server is Google's Healthcare API, which leaves the form of a POST _search unread, and
 * whose totals are estimates until the last page.
 *
 * @param url its base, or an address below it
 * @see https://cloud.google.com/healthcare-api/docs/how-tos/best-practices-fhir-search
 */
export const isGoogle = (url: string): boolean =>
  url.startsWith('https://healthcare.googleapis.com/');
