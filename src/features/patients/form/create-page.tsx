import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useCan, useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { useCreatePatient } from '#data/mutations.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { useToast } from '#ui/toast.tsx';
import { fetched } from './beside.ts';
import { draftKey, readDraft } from './draft.ts';
import { DraftNotice } from './draft-notice.tsx';
import { messages } from './messages.ts';
import { emptyForm } from './model.ts';
import { PatientFormView, type SaveResult, type Saving } from './patient-form.tsx';
import { useValidate } from './use-validate.ts';

const saver = fetched(() => import('./save-new.tsx'));

/** `/patients/new`. */
export function CreatePatientPage() {
  const t = useMessages(messages);
  const can = useCan('create', 'Patient');
  if (!can.allowed) {
    return (
      <Page title={t('newPatient')} narrow>
        <Notice tone="warning" title={t(`noCreate.${can.reason ?? 'role'}`)} />
      </Page>
    );
  }
  return <CreateForm />;
}

function CreateForm() {
  const t = useMessages(messages);
  const fhir = useFhir();
  const { capability } = useCapability();
  const create = useCreatePatient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const toast = useToast();
  const validate = useValidate();
  const key = draftKey(fhir.session, 'new');
  const before = useMemo(() => emptyForm(), []);
  const [draft, setDraft] = useState(() => readDraft(key));

  const save = async (saving: Saving): Promise<SaveResult> => {
    const tools = {
      fhir,
      capability,
      create: create.mutateAsync,
      validate,
      navigate,
      announce,
      toast,
      t,
    };
    return (await saver()).saveNew(saving, tools);
  };

  return (
    <Page title={t('newPatient')} narrow>
      <PatientFormView
        key={draft ? 'draft' : 'empty'}
        base={undefined}
        before={before}
        start={draft?.values ?? before}
        draftKey={key}
        saveLabel={t('create')}
        save={save}
        check={validate}
        onCancel={() => void navigate({ to: '/patients' })}
      >
        {draft && <DraftNotice draftKey={key} onDiscard={() => setDraft(undefined)} />}
      </PatientFormView>
    </Page>
  );
}
