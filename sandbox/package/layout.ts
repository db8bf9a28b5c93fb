/**
 * Where things lie in the zip. Its top folder is the app's folder on the web server, so that a
 * Windows plan can serve it as it is; what is not for browsers is named here.
 */

/** An underscore, because no FHIR id can hold one: the name never hides a patient's page. */
export const HOST_FOLDER = '_host';

/** Files and folders at the top that no web server may hand out. */
export const HIDDEN: readonly string[] = [
  HOST_FOLDER,
  'web.config',
  'package.json',
  'staticwebapp.config.json',
];

/** What `_host/site.json` tells `_host/server.mjs`. */
export interface SiteFile {
  /** The path under which the app is hosted, with slashes at both ends. */
  readonly base: string;
}
