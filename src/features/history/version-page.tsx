import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useState, type ReactNode } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { versionQuery } from '#data/queries.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { SelectField } from '#ui/field/field.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { Notice } from '#ui/notice.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { ChangeTable } from './change-table.tsx';
import { messages } from './messages.ts';
import { Restore } from './restore.tsx';
import { beforeOf, isLater, useVersions, type KnownVersions } from './versions.ts';
import styles from './history.module.css';

/** `/patients/:id/history/:versionId`: one version, compared with any other. */
export function VersionPage() {
  const { id = '', versionId = '' } = useParams({ strict: false });
  return <Version key={`${id}/${versionId}`} id={id} versionId={versionId} />;
}

function Version({ id, versionId }: { id: string; versionId: string }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const heading = useInnerHeadingFocus();
  const query = useQuery(versionQuery(fhir, 'Patient', id, versionId));
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
            <Others id={id} version={version.resource} versionId={versionId}>
              <Restore id={id} version={version.resource} versionId={versionId} />
              <RawJson value={version.resource} />
            </Others>
          </>
        )}
      </AsyncView>
    </section>
  );
}

/** Loads the other versions, and compares this one with them. */
function Others({
  children,
  ...o
}: {
  id: string;
  version: Stored<Patient>;
  versionId: string;
  /** Rendered below the comparison once that has loaded or failed, so that nothing moves it. */
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const can = useCan('history', 'Patient');
  const [rounds, setRounds] = useState(1);
  const query = useVersions(useFhir(), o.id, o.versionId, rounds, can.allowed);
  if (!can.allowed) {
    return (
      <>
        <Notice tone="warning" title={t(`notAllowed.${can.reason ?? 'role'}`)} />
        {children}
      </>
    );
  }
  return (
    <AsyncView
      query={query}
      failed={(error, retry) => (
        <>
          <ErrorAlert error={error} title={t('versionsFailed')} onRetry={retry} />
          {children}
        </>
      )}
    >
      {(known) => (
        <>
          <Compared {...o} known={known}>
            {(known.next || rounds > 1) && (
              <Button
                busy={query.isFetching}
                // Not removed, to keep the focus.
                aria-disabled={!known.next || undefined}
                onClick={() => known.next && setRounds(rounds + 1)}
              >
                {t('older')}
              </Button>
            )}
          </Compared>
          {children}
        </>
      )}
    </AsyncView>
  );
}

/** Compares this version with another, initially with the one before it. */
function Compared({
  version,
  versionId,
  known,
  children,
}: {
  version: Stored<Patient>;
  versionId: string;
  known: KnownVersions;
  /** Shown next to the select. */
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const { previous, first } = beforeOf(versionId, known);
  const [chosen, setChosen] = useState<string>();
  const otherId = chosen ?? previous ?? '';
  const other = known.entries.find((v) => v.versionId === otherId);
  // Only a first version consists of additions; for others the user must choose a version to
  // compare with.
  const undecided = otherId === '' && previous === undefined && !first;
  // The comparison is always in chronological order.
  const otherIsLater = other !== undefined && isLater(other, version, versionId, known);
  return (
    <>
      <div className={styles.choice}>
        <SelectField
          label={t('compareWith')}
          value={otherId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          options={[
            { value: '', label: t(undecided ? 'notChosen' : 'noOther') },
            ...known.entries
              .filter((v) => v.versionId !== versionId)
              .map((v) => ({
                value: v.versionId ?? '',
                label: `${t('versionN', { id: v.versionId })}, ${formatDateTime(v.at) ?? t('unknown')}`,
              })),
          ]}
        />
        {children}
      </div>
      {undecided && <Notice title={t('beforeUnknown')} />}
      {other?.resource && (
        <ChangeTable
          before={otherIsLater ? version : other.resource}
          after={otherIsLater ? other.resource : version}
          beforeLabel={t('versionN', { id: otherIsLater ? versionId : otherId })}
          afterLabel={t('versionN', { id: otherIsLater ? otherId : versionId })}
        />
      )}
      {!other?.resource && !undecided && (
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
