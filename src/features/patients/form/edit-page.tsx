import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useMemo, useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { useUpdatePatient } from '#data/mutations.ts';
import { patientQuery } from '#data/queries.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { Notice } from '#ui/notice.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { useToast } from '#ui/toast.tsx';
import { DraftNotice } from './draft/lazy-draft-notice.ts';
import { preloadedPart } from './preload.ts';
import { draftKey, readDraft, setDraftBase } from './save/draft.ts';
import { fromPatient } from './mapping/from-patient.ts';
import { messages } from './messages.ts';
import { PatientFormView } from './patient-form.tsx';
import type { SaveResult, Saving } from './save/save-types.ts';
import { useValidate } from './validation/use-validate.ts';

const saver = preloadedPart(() => import('./save/save-changes.tsx'));

/** The page `/patients/:id/edit`, shown below the chart's banner, which identifies the patient. */
export function EditPatientPage() {
  const t = useMessages(messages);
  const fhir = useFhir();
  const id = useParams({ strict: false }).id ?? '';
  const can = useCan('update', 'Patient');
  const heading = useInnerHeadingFocus();
  const query = useQuery(patientQuery(fhir, id));
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {t('editPatient')}
      </h2>
      {can.allowed ? (
        <AsyncView query={query}>{(patient) => <Editable key={id} opened={patient} />}</AsyncView>
      ) : (
        <Notice tone="warning" title={t(`noEdit.${can.reason ?? 'role'}`)} />
      )}
    </>
  );
}

function Editable({ opened }: { opened: Versioned<Patient> }) {
  const t = useMessages(messages);
  const { client, session } = useFhir();
  const key = draftKey(session, opened.resource.id);
  // The version that the user sees when the form opens; a refetch must not change it.
  const [start, setStart] = useState(() => {
    const draft = readDraft(key);
    return draft?.base && draft.base.id === opened.resource.id
      ? {
          base: draft.base as Versioned<Patient>['resource'],
          etag: draft.etag,
          values: draft.values,
        }
      : { base: opened.resource, etag: opened.etag, values: undefined };
  });
  if (patientStatus(opened.resource, client.baseUrl).merged) {
    return (
      <Notice tone="danger" title={t('noEdit.merged')}>
        <p>{t('mergedUndo')}</p>
      </Notice>
    );
  }
  if (!start.etag) return <Notice tone="warning" title={t('noVersion')} />;
  return (
    <EditForm
      key={start.values ? 'draft' : 'fresh'}
      base={start.base}
      etag={start.etag}
      typed={start.values}
      draft={key}
      onDiscard={() => setStart({ base: opened.resource, etag: opened.etag, values: undefined })}
    />
  );
}

interface EditFormProps {
  base: Versioned<Patient>['resource'];
  etag: string;
  typed: ReturnType<typeof fromPatient> | undefined;
  draft: string;
  onDiscard: () => void;
}

function EditForm({ base, etag, typed, draft, onDiscard }: EditFormProps) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const update = useUpdatePatient(base.id);
  const validate = useValidate();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const toast = useToast();
  const before = useMemo(() => {
    setDraftBase(draft, base, etag);
    return fromPatient(base);
  }, [draft, base, etag]);

  const save = async (saving: Saving): Promise<SaveResult> => {
    const write = update.mutateAsync;
    const tools = {
      base,
      etag,
      fhir,
      cache,
      update: write,
      validate,
      navigate,
      announce,
      toast,
      t,
    };
    return (await saver()).saveChanges(saving, tools);
  };

  return (
    <PatientFormView
      base={base}
      before={before}
      start={typed ?? before}
      draftKey={draft}
      saveLabel={t('save')}
      save={save}
      check={validate}
      onCancel={() => void navigate({ to: '/patients/$id', params: { id: base.id } })}
    >
      {typed && <DraftNotice draftKey={draft} onDiscard={onDiscard} />}
    </PatientFormView>
  );
}
