import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '../notice.tsx';
import { messages } from './messages.ts';

/**
 * Warning above data from a server of another FHIR version. Its elements have other names, so a
 * drug or the status of an allergy may be missing unnoticed.
 *
 * @param props.version undefined if it is R4 or unknown
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
