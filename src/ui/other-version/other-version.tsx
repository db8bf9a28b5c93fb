import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/**
 * Above what was read from a server of another version of FHIR: elements have other names there, so
 * that a drug or the state of an allergy may be missing without a sign.
 *
 * @param props.version undefined where it is R4, or nobody knows
 */
export function OtherVersion({ version }: { version: string | undefined }) {
  const t = useMessages(messages);
  if (version === undefined) return null;
  return (
    <Notice tone="danger" role="alert" title={t('title', { version })}>
      <p>{t('means')}</p>
    </Notice>
  );
}
