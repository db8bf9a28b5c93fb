/**
 * Returns the absolute URL of a file or page of this app, under the path where it is hosted.
 *
 * @param path without a leading slash, such as `config.json`
 */
export function appUrl(path: string): string {
  return new URL(path, new URL(import.meta.env.BASE_URL, location.origin)).href;
}

/**
 * Returns the name of something that all pages of an origin share: a value in the storage, or a
 * channel. It begins with the path of the app, because other apps and sites may share the origin.
 */
export function storageKey(name: string): string {
  return `${import.meta.env.BASE_URL}pb.${name}`;
}
