import { AnswerLost } from '#data/mutations-lost.ts';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { LostNotice } from '#ui/lost-notice/lost-notice.tsx';

/** Shows why a change was not saved; after a lost response, what is known about the outcome. */
export function SaveError({ error }: { error: unknown }) {
  if (!(error instanceof AnswerLost)) return <ErrorAlert error={error} />;
  return <LostNotice told={error.told} />;
}
