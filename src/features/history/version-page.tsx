import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { historyQuery, versionQuery } from '#data/queries.ts';
import { formatDateTime } from '#fhir/dates.ts';
import type { HistoryEntry } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/async-view.tsx';
import { SelectField } from '#ui/field.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { RawJson } from '#ui/raw-json.tsx';
import { ChangeTable } from './change-table.tsx';
import { messages } from './messages.ts';
import { Restore } from './restore.tsx';
import styles from './history.module.css';

/** `/patients/:id/history/:versionId`: one version, beside any other. */
export function VersionPage() {
  const { id = '', versionId = '' } = useParams({ strict: false });
  return <Version key={`${id}/${versionId}`} id={id} versionId={versionId} />;
}

function Version({ id, versionId }: { id: string; versionId: string }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const heading = useInnerHeadingFocus();
  const query = useQuery(versionQuery(fhir, 'Patient', id, versionId));
  const versions = useQuery(historyQuery(fhir, 'Patient', id));
  const all = (versions.data?.versions ?? []).filter((v) => v.resource && v.versionId);
  return (
    <section className={styles.history} aria-label={t('versionN', { id: versionId })}>
      <h2 ref={heading} tabIndex={-1}>
        {t('versionN', { id: versionId })}
      </h2>
      <p>
        <Link to="/patients/$id/history" params={{ id }}>
          {t('back')}
        </Link>
      </p>
      <AsyncView query={query}>
        {(version) => (
          <>
            <p>
              {t('savedAt', {
                when: formatDateTime(version.resource.meta?.lastUpdated) ?? t('unknown'),
              })}
            </p>
            <Compared version={version.resource} versionId={versionId} all={all} />
            <Restore id={id} version={version.resource} versionId={versionId} />
            <RawJson value={version.resource} />
          </>
        )}
      </AsyncView>
    </section>
  );
}

/** This version beside another one of choice; the one before it to begin with. */
function Compared({
  version,
  versionId,
  all,
}: {
  version: Patient;
  versionId: string;
  all: readonly HistoryEntry<Patient>[];
}) {
  const t = useMessages(messages);
  const own = all.findIndex((v) => v.versionId === versionId);
  const previous = own >= 0 ? all[own + 1]?.versionId : undefined;
  const [chosen, setChosen] = useState<string>();
  const otherId = chosen ?? previous ?? '';
  const other = all.find((v) => v.versionId === otherId);
  // Always told in the order of time, whichever is chosen.
  const otherIsLater = other !== undefined && own >= 0 && all.indexOf(other) < own;
  return (
    <>
      <div className={styles.choice}>
        {' '}
        <SelectField
          label={t('compareWith')}
          value={otherId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          options={[
            { value: '', label: t('noOther') },
            ...all
              .filter((v) => v.versionId !== versionId)
              .map((v) => ({
                value: v.versionId ?? '',
                label: `${t('versionN', { id: v.versionId })}, ${formatDateTime(v.at) ?? t('unknown')}`,
              })),
          ]}
        />
      </div>
      {other?.resource ? (
        <ChangeTable
          before={otherIsLater ? version : other.resource}
          after={otherIsLater ? other.resource : version}
          beforeLabel={t('versionN', { id: otherIsLater ? versionId : otherId })}
          afterLabel={t('versionN', { id: otherIsLater ? otherId : versionId })}
        />
      ) : (
        <ChangeTable
          before={{ meta: version.meta }}
          after={version}
          beforeLabel={t('nothing')}
          afterLabel={t('versionN', { id: versionId })}
        />
      )}
    </>
  );
}
