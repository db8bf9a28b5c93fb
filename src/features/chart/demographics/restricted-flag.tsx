import { isPartRestricted } from '#fhir/caveats/caveats.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from '../messages.ts';

/** Marks a part of a record whose security label restricts access. */
export function RestrictedFlag({ of }: { of: unknown }) {
  const t = useMessages(messages);
  if (!isPartRestricted(of)) return null;
  return (
    <Flag tone="warning" icon="lock">
      {t('restricted')}
    </Flag>
  );
}
