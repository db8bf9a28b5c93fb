import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { lazy, use, useDeferredValue, useEffect, useMemo, type ReactNode } from 'react';
import { useCan, useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { Gone } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import type { LaunchContext } from '#session/session.ts';
import { ButtonLink } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { TakesFocus, useTakesFocus } from '#ui/inner-page.ts';
import { OtherVersion } from '#ui/other-version/other-version.tsx';
import { useDocumentTitle } from '#ui/page.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { Banner, IdentityStrip } from '../banner/banner.tsx';
import { bannerModel, initials } from '../banner/banner-model.ts';
import { ChartSlotsContext } from './chart-slots.ts';
import { chartTitle } from './chart-title.ts';
import { messages } from '../messages.ts';
import { PANEL_IDS, TIMELINE } from '../panel-ids.ts';
import { PatientFailed } from './patient-failed.tsx';
import { PrintHead } from '../banner/identity-line.tsx';
import { OtherTab } from '../tabs/other-tab.tsx';
import { useNoteOpened } from './use-note-opened.ts';
import { usePatient, usePatientId } from './use-patient.ts';
import { useScrollToCurrent } from './use-scroll-to-current.ts';
import { useSmartStyle } from '../smart-style/use-smart-style.ts';
import styles from './chart-layout.module.css';

const fetchBar = () => import('../launch/launch-bar.tsx');
const LaunchBar = lazy(async () => ({ default: (await fetchBar()).LaunchBar }));

/** Whether an EHR launched the app with a context. */
const isLaunched = ({ patient, encounter, practitioner, fhirUser, intent }: LaunchContext) =>
  [patient, encounter, practitioner, fhirUser, intent].some((said) => said !== undefined);

/** Lays out every page of one patient: the banner, the navigation and the page itself. */
export function ChartLayout() {
  const t = useMessages(messages);
  const id = usePatientId();
  const { session } = useFhir();
  const { data, error, refetch, isPlaceholderData } = usePatient();
  useNoteOpened(id, { data, error });
  useSmartStyle(session.context.styleUrl);
  const launched = isLaunched(session.context);
  useEffect(() => {
    // Loaded along with the patient, so that the bar does not push down a page drawn before it.
    if (launched) fetchBar().catch(() => undefined);
  }, [launched]);

  const page = useLocation({ select: (l) => /\/(history|edit)(\/|$)/.exec(l.pathname)?.[1] });

  if (error instanceof Gone && page === 'history') {
    return <DeletedHistory />;
  }
  // The edit form reports a deleted patient itself, and keeps what was typed.
  const gone = error instanceof Gone && page !== 'edit';
  if (error && (!data || gone))
    return <PatientFailed id={id} error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={styles.content}>
        <h1 className={styles.loading}>{t('loadingPatient')}</h1>
        <Skeleton lines={4} />
      </div>
    );
  }
  return (
    <Chart key={id} id={id} opened={data} settled={!isPlaceholderData}>
      {/* The page shows the last known data; the edit form reports the failure itself. */}
      {error && page !== 'edit' && (
        <ErrorAlert error={error} title={t('notRefreshed')} onRetry={() => void refetch()} />
      )}
    </Chart>
  );
}

function DeletedHistory() {
  const t = useMessages(messages);
  useDocumentTitle(`${t('history')} · ${t('deletedPatient')}`);
  return (
    <div className={styles.content}>
      <h1 className={styles.loading}>{t('deletedPatient')}</h1>
      <Outlet />
    </div>
  );
}

function Chart({
  id,
  opened,
  settled,
  children,
}: {
  id: string;
  opened: Versioned<Patient>;
  settled: boolean;
  /** Shown above the page. */
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const { actions: MoreActions } = use(ChartSlotsContext);
  const patient = opened.resource;
  const { client, session } = useFhir();
  const { patient: launched, needPatientBanner } = session.context;
  // The banner is drawn first, so that the user sees at once whose chart it is.
  const bannerDrawn = useDeferredValue(true, false);
  const takesFocus = useTakesFocus();
  const { capability } = useCapability();
  const model = useMemo(() => bannerModel(patient, client.baseUrl), [patient, client.baseUrl]);
  const inner = chartTitle(useLocation({ select: (l) => l.pathname }));
  const chart = [t('chart'), initials(model.name)].filter(Boolean).join(' ');
  useDocumentTitle(inner ? `${t(inner.name, { id: inner.version ?? '' })} · ${chart}` : chart);
  return (
    <div className={styles.chart}>
      <PrintHead model={model} />
      {/* The EHR shows a banner of the patient that it has open, not of any other. */}
      {needPatientBanner || launched !== id ? (
        <Banner model={model} patientId={id} settled={settled} />
      ) : (
        <IdentityStrip model={model} settled={settled} />
      )}
      {bannerDrawn && (
        <>
          <OtherVersion version={capability?.otherVersion} />
          <OtherTab patientId={id} />
          {isLaunched(session.context) && <LaunchBar patientId={id} />}
          <div className={styles.page}>
            <div className={styles.bar}>
              <ChartNavigation id={id} />
              <Actions id={id} merged={model.status.merged}>
                {MoreActions && settled && <MoreActions opened={opened} />}
              </Actions>
            </div>
            <div className={styles.content}>
              {children}
              <TakesFocus value={takesFocus}>
                <Outlet />
              </TakesFocus>
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function ChartNavigation({ id }: { id: string }) {
  const t = useMessages(messages);
  const nav = useScrollToCurrent(useLocation({ select: (l) => l.pathname }));
  return (
    <nav ref={nav} aria-label={t('chart')} className={styles.nav}>
      <ul>
        <li>
          <Link to="/patients/$id" params={{ id }} activeOptions={{ exact: true }}>
            {t('summary')}
          </Link>
        </li>
        {PANEL_IDS.map((panel) => (
          <li key={panel}>
            <Link to="/patients/$id/$panel" params={{ id, panel }}>
              {t(panel)}
            </Link>
          </li>
        ))}
        <li>
          <Link to="/patients/$id/$panel" params={{ id, panel: TIMELINE }}>
            {t('timeline')}
          </Link>
        </li>
      </ul>
    </nav>
  );
}

/** Links to edit and history, each only where it is allowed; otherwise says why editing is not. */
function Actions({ id, merged, children }: { id: string; merged: boolean; children?: ReactNode }) {
  const t = useMessages(messages);
  const update = useCan('update', 'Patient');
  const history = useCan('history', 'Patient');
  return (
    <div className={styles.actions}>
      {update.allowed && !merged && (
        <ButtonLink to="/patients/$id/edit" params={{ id }} icon="edit">
          {t('edit')}
        </ButtonLink>
      )}
      {!update.allowed && (
        <span className={styles.reason}>{t(`noEdit.${update.reason ?? 'role'}`)}</span>
      )}
      {history.allowed && (
        <ButtonLink to="/patients/$id/history" params={{ id }} icon="history">
          {t('history')}
        </ButtonLink>
      )}
      {children}
    </div>
  );
}
