import { NetworkError } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '../errors/error-alert.tsx';
import { messages } from '../errors/messages.ts';
import type { MissingPart } from './lazy-part.tsx';

/** Says, in the place of a part of a page, that its file did not come, with a way to try again. */
export function PartMissing({ error, onRetry }: MissingPart) {
  const t = useMessages(messages);
  const title = error instanceof NetworkError ? undefined : t('partMissing');
  return <ErrorAlert {...{ error, title, onRetry }} />;
}
