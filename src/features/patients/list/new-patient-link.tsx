import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { CreateRefusal } from './lazy-parts.tsx';
import { messages } from './messages.ts';

/**
 * Link to the form of a new patient. It stays the same element when it turns out that the user may
 * not create patients, so that it keeps the focus; it then leads nowhere, and a text says why.
 *
 * @param ask whether to request what the server allows; false until the first list or its failure
 */
export function NewPatientLink({ ask }: { ask: boolean }) {
  const t = useMessages(messages);
  const [reason, setReason] = useState<string>();
  return (
    <>
      <ButtonLink
        to="/patients/new"
        variant="primary"
        icon="add"
        disabled={!!reason}
        tabIndex={0} // keeps a disabled link in the tab order, where its reason is read out
        aria-describedby={reason}
      >
        {t('newPatient')}
      </ButtonLink>
      {ask && <CreateRefusal onRefused={setReason} />}
    </>
  );
}
