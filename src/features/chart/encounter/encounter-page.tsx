import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Encounter } from 'fhir/r4';
import { useFhir } from '#data/fhir-context.ts';
import { readQuery } from '#data/queries.ts';
import { Forbidden, Gone, NotFound } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { Section } from '#ui/page.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { isWithdrawn, Lines, Status, Value, Withdrawn } from '../cells/cells.tsx';
import { Caveats } from '../cells/caveats.tsx';
import { messages as chartMessages } from '../messages.ts';
import type { MessageId, Panel } from '../panel.ts';
import { PartView } from '../panel-page/panel-view.tsx';
import { useInView } from '../use-in-view.ts';
import { usePatientId } from '../layout/use-patient.ts';
import { encounterFit } from './encounter-fit.ts';
import { messages, type T } from './messages.ts';
import { encounterParams, isOfEncounter, sections } from './sections.ts';
import { shownEncounter } from './shown-encounter.ts';
import { useResolvedReferences } from './use-resolved-refs.ts';
import styles from './encounter-page.module.css';

/** `/patients/:id/encounters/:encounterId`: one encounter and the records that belong to it. */
export function EncounterPage() {
  const patientId = usePatientId();
  const id = useParams({ strict: false }).encounterId ?? '';
  return <EncounterView key={`${patientId}/${id}`} id={id} patientId={patientId} />;
}

function failure(error: unknown): Parameters<T>[0] {
  if (error instanceof NotFound) return 'encounterNotFound';
  if (error instanceof Gone) return 'encounterGone';
  return error instanceof Forbidden ? 'encounterForbidden' : 'encounterNotLoaded';
}

function EncounterView({ id, patientId }: { id: string; patientId: string }) {
  const t = useMessages(messages);
  const inChart = useMessages(chartMessages);
  const fhir = useFhir();
  const heading = useInnerHeadingFocus();
  const query = useQuery(readQuery(fhir, 'Encounter', id));
  const encounter = query.data?.resource;
  const fit = encounter && encounterFit(encounter, patientId, undefined, fhir.client.baseUrl);
  const shown = shownEncounter(fit === 'conflict' ? undefined : encounter, t);
  const all = (
    <Link to="/patients/$id/$panel" params={{ id: patientId, panel: 'encounters' }}>
      {t('allEncounters')}
    </Link>
  );
  return (
    <div className={styles.page}>
      <div className={styles.title}>
        <h2 ref={heading} tabIndex={-1}>
          {shown.types[0] ?? shown.kind ?? inChart('encounter')}
        </h2>
        {fhir.session.context.encounter === id && fit !== 'conflict' && (
          <Flag tone="info" icon="info">
            {t('currentEncounter')}
          </Flag>
        )}
        {fit !== 'conflict' && all}
      </div>
      <AsyncView
        query={query}
        loading={<Skeleton lines={4} />}
        failed={(error, retry) => (
          <ErrorAlert error={error} title={t(failure(error))} onRetry={retry} />
        )}
      >
        {({ resource }) =>
          fit === 'conflict' ? (
            <Notice tone="danger" role="alert" title={t('encounterOfAnother')} actions={all}>
              <p>{t('encounterOfAnotherDo')}</p>
            </Notice>
          ) : (
            <>
              {fit === 'unknown' && <Notice tone="warning" title={t('encounterOfNobody')} />}
              <Facts encounter={resource} patientId={patientId} />
              {sections.map(({ title, panels }) => (
                <Part
                  key={title}
                  title={title}
                  panels={panels}
                  encounterId={id}
                  patientId={patientId}
                />
              ))}
              <RawJson value={resource} />
            </>
          )
        }
      </AsyncView>
    </div>
  );
}

function Facts({ encounter, patientId }: { encounter: Encounter; patientId: string }) {
  const t = useMessages(chartMessages);
  const find = useResolvedReferences(encounter, patientId);
  const shown = shownEncounter(encounter, useMessages(messages), undefined, find);
  // Most encounters lack these, so each has a row only if it is recorded.
  const { priority, admission, again, discharge } = shown;
  return (
    <Section heading={t('encounter')}>
      <Caveats of={encounter} />
      <Withdrawn when={isWithdrawn(encounter)} first>
        <DescriptionList>
          <Item label={t('encounterClass')}>
            <Value>{shown.kind}</Value>
          </Item>
          <Item label={t('type')}>
            <Lines lines={shown.types} />
          </Item>
          <Item label={t('period')}>
            <Value>{shown.period}</Value>
          </Item>
          {priority && (
            <Item label={t('priority')}>
              <Value>{priority}</Value>
            </Item>
          )}
          {admission.length > 0 && (
            <Item label={t('admitSource')}>
              <Lines lines={admission} />
            </Item>
          )}
          {again && (
            <Item label={t('readmission')}>
              <Value>{again}</Value>
            </Item>
          )}
          {discharge.length > 0 && (
            <Item label={t('discharge')}>
              <Lines lines={discharge} />
            </Item>
          )}
          <Item label={t('location')}>
            <Lines lines={shown.places} />
          </Item>
          <Item label={t('practitioner')}>
            <Lines lines={shown.people} />
          </Item>
          <Item label={t('reason')}>
            <Lines lines={shown.reasons} />
          </Item>
          <Item label={t('status')}>
            <Status code={shown.status} />
          </Item>
        </DescriptionList>
      </Withdrawn>
    </Section>
  );
}

function Part({
  title,
  panels,
  encounterId,
  patientId,
}: {
  title: MessageId;
  panels: readonly Panel[];
  encounterId: string;
  patientId: string;
}) {
  const t = useMessages(chartMessages);
  const { client } = useFhir();
  const [ref, seen] = useInView<HTMLDivElement>();
  return (
    <div ref={ref}>
      <Section heading={t(title)}>
        {panels.map((panel) => (
          <div key={panel.id} className={styles.panel}>
            {panels.length > 1 && <h3>{t(panel.title)}</h3>}
            <PartView
              panel={panel}
              patientId={patientId}
              part={{
                params: encounterParams(panel, encounterId),
                keep: (resource) => isOfEncounter(resource, encounterId, client.baseUrl),
                enabled: seen,
              }}
            />
          </div>
        ))}
      </Section>
    </div>
  );
}
