import { isFramed } from '../environment.ts';
import type { Session } from '../session.ts';
import { forgetWhere } from './storage.ts';

/**
 * Returns the owner of values that stay in the tab after a session: one user on one server. A SMART
 * session has a new key at each launch, so the owner is the subject of the id_token, or else the
 * `fhirUser`. Never a name, because two users may share one.
 *
 * @returns ends with a separator, so that it is not a prefix of another owner
 */
export function ownerOf({ kind, key, server, subject, context }: Session): string {
  const who = subject ?? context.fhirUser;
  return kind === 'smart' && who ? `${server.fhirBaseUrl}|${who}|` : `${key}.`;
}

/** Keys of values that belong to a user: typed text, places in lists and panels, an export. */
const PERSONAL = /^(?:draft|place|panel|export)\./;

/**
 * Removes values of other users from this tab, whose sessions ended without a sign-out. Does
 * nothing inside a frame, because frames of one page share the storage and each has its own
 * session.
 *
 * The id_token cannot be verified at every sign-in, and drafts are stored by its subject. Without
 * verification all drafts on the server stay, because they may belong to this user.
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
