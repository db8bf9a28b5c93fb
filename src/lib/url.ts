/**
 * Returns the absolute URL of a file or page of this app, under the path where it is hosted.
 *
 * @param path without a leading slash, such as `config.json`
 */
export function appUrl(path: string): string {
  return new URL(path, new URL(import.meta.env.BASE_URL, location.origin)).href;
}
