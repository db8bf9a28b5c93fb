import { isFramed } from '../environment.ts';
import type { Session } from '../session.ts';
import { forgetWhere } from './storage.ts';

/**
 * Whose something is that is kept in the tab beyond a session: of one person on one server. A SMART
 * session gets a new key at every launch, so that there the subject of the id_token stands for it,
 * or else whom the server calls its user. Never a name: two people may have the same.
 *
 * @returns ends so that it is the beginning of nobody else's
 */
export function ownerOf({ kind, key, server, subject, context }: Session): string {
  const who = subject ?? context.fhirUser;
  return kind === 'smart' && who ? `${server.fhirBaseUrl}|${who}|` : `${key}.`;
}

/** What is kept for a person: typed text, places in lists and panels, an export. */
const PERSONAL = /^(?:draft|place|panel|export)\./;

/**
 * Forgets what others have left in this tab: their session ended, and no sign-out cleared it. The
 * frames of one page share what a tab keeps, each with a session of its own: there it stays.
 *
 * Whether an id_token can be verified differs from one sign-in to the next, and with it the name
 * under which drafts are kept: where it could not be, they may be this person's all the same.
 */
export function forgetOthers(session: Session): void {
  if (isFramed()) return;
  const own = [ownerOf(session), ownerOf({ ...session, subject: undefined })];
  if (session.kind === 'smart' && !session.subject) own.push(`${session.server.fhirBaseUrl}|`);
  const key = JSON.stringify(session.key).slice(1, -1);
  forgetWhere(
    (name, text) =>
      PERSONAL.test(name) &&
      !own.some((who) => name.startsWith(`draft.${who}`)) &&
      name !== `export.${session.key}` &&
      !text.includes(`"of":"${key}"`),
  );
}
