import { Link } from '@tanstack/react-router';
import { Suspense, use } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { Forbidden, Gone, NotFound } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { isId } from '#lib/id.ts';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { ChartSlotsContext } from './chart-slots.ts';
import { messages } from '../messages.ts';
import type { MessageId } from '../panel.ts';

function words(error: unknown, launched: boolean): { title: MessageId; text?: MessageId } {
  if (error instanceof Gone) {
    return { title: 'goneTitle', text: launched ? 'launchedGone' : 'goneText' };
  }
  if (error instanceof NotFound) {
    return { title: 'notFoundTitle', text: launched ? 'launchedNotFound' : 'notFoundText' };
  }
  if (error instanceof Forbidden) {
    return { title: 'forbiddenTitle', text: launched ? 'launchedForbidden' : 'forbiddenText' };
  }
  return { title: 'failedTitle' }; // the error itself says why
}

/** Explains why a patient cannot be shown: deleted, unknown, forbidden, or a failed request. */
export function PatientFailed({
  id,
  error,
  retry,
}: {
  id: string;
  error: unknown;
  retry: () => void;
}) {
  const t = useMessages(messages);
  const { session } = useFhir();
  const { deleted: Deleted } = use(ChartSlotsContext);
  const { patient } = session.context;
  const { title, text } = words(error, patient === id);
  const gone = error instanceof Gone && isId(id);
  const launched = patient === id;
  const ways = (
    <>
      {patient !== undefined && !launched && (
        <Link to="/patients/$id" params={{ id: patient }}>
          {t('openLaunched')}
        </Link>
      )}
      <Link to="/patients">{t('toPatients')}</Link>
      {gone && (
        <Link to="/patients/$id/history" params={{ id }}>
          {t('history')}
        </Link>
      )}
    </>
  );
  return (
    <Page title={t(title)} narrow>
      {patient !== undefined && !launched && <p>{t('otherThanLaunched')}</p>}
      {/* A deleted record is an error in an EHR launch, but not for a user who follows a link. */}
      {gone && !launched ? (
        <Notice tone="warning" role="alert" title={t('goneText')} actions={ways} />
      ) : (
        <ErrorAlert
          error={error}
          title={text && t(text)}
          // After a launch the user did not type an address, and cannot search.
          advice={text && launched && t('launchedDo')}
          onRetry={error instanceof Gone || error instanceof NotFound ? undefined : retry}
          actions={ways}
        />
      )}
      {/* Outside of the alert: parts that are loaded later would announce it again each time. */}
      {gone && Deleted && (
        <Suspense>
          <Deleted id={id} />
        </Suspense>
      )}
    </Page>
  );
}
