import { NetworkError } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '../errors/error-alert.tsx';
import { messages } from '../errors/messages.ts';
import type { MissingPart } from './lazy-part.tsx';

/** Replaces a part of a page whose file could not be loaded, with a retry button. */
export function PartMissing({ error, onRetry }: MissingPart) {
  const t = useMessages(messages);
  const title = error instanceof NetworkError ? undefined : t('partMissing');
  return <ErrorAlert {...{ error, title, onRetry }} />;
}
