import { AnswerLost } from '#data/mutations-lost.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';

/** Shows why a change was not saved; after a lost response, what is known about the outcome. */
export function SaveError({ error }: { error: unknown }) {
  const t = useMessages(messages);
  if (!(error instanceof AnswerLost)) return <ErrorAlert error={error} />;
  return <Notice tone="warning" role="alert" title={t(`lostChange.${error.told}`)} />;
}
