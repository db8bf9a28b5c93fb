/**
 * The layout of the zip. Its top folder is the app's folder on the web server, so that a Windows
 * plan can serve it unchanged; the files that browsers must not get are listed here.
 */

/** Begins with an underscore, which no FHIR id contains, so it cannot hide a patient's page. */
export const HOST_FOLDER = '_host';

/** Files and folders at the top that no web server may serve. */
export const HIDDEN: readonly string[] = [
  HOST_FOLDER,
  'web.config',
  'package.json',
  'staticwebapp.config.json',
];

/** The content of `_host/site.json`, which `_host/server.mjs` reads. */
export interface SiteFile {
  /** Base path of the app, with slashes at both ends. */
  readonly base: string;
}
