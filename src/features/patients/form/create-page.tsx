import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useCan, useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { useCreatePatient } from '#data/mutations.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Notice } from '#ui/notice.tsx';
import { OtherVersion } from '#ui/other-version/other-version.tsx';
import { Page } from '#ui/page.tsx';
import { useToast } from '#ui/toast.tsx';
import { fillIn } from '../prefill/fill-in.ts';
import { PrefillNotice, PrefillWaits } from '../prefill/prefill-notice.tsx';
import { clearPrefill, getPrefill } from '../prefill/prefill.ts';
import { DraftNotice } from './draft/lazy-draft-notice.ts';
import { preloadedPart } from './preload.ts';
import { draftKey, forgetDraft, keepDraft, readDraft } from './save/draft.ts';
import { messages } from './messages.ts';
import { emptyForm, type PatientForm } from './model.ts';
import { PatientFormView } from './patient-form.tsx';
import type { SaveResult, Saving } from './save/save-types.ts';
import { focusField } from './validation/problems.tsx';
import { useValidate } from './validation/use-validate.ts';

const saver = preloadedPart(() => import('./save/save-new.tsx'));

/** Initial content of the form, from exactly one source; sources are never mixed. */
interface Start {
  readonly from: 'empty' | 'draft' | 'search';
  readonly values: PatientForm;
}

/** The page `/patients/new`. */
export function CreatePatientPage() {
  const t = useMessages(messages);
  const can = useCan('create', 'Patient');
  const { capability } = useCapability();
  if (!can.allowed) {
    return (
      <Page title={t('newPatient')} narrow>
        <OtherVersion version={capability?.otherVersion} />
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
  const cache = useQueryClient();
  const [prefill] = useState(() => getPrefill(cache, fhir));
  const afresh = (): Start =>
    prefill ? { from: 'search', values: fillIn(prefill) } : { from: 'empty', values: before };
  const [start, setStart] = useState((): Start => {
    const draft = readDraft(key);
    return draft ? { from: 'draft', values: draft.values } : afresh();
  });
  useEffect(() => clearPrefill(cache, fhir), [cache, fhir]);
  useEffect(() => {
    // The user typed these values into the search: a reload must not lose them.
    if (start.from === 'search') keepDraft(key, start.values, before);
  }, [start, key, before]);

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
    <Page title={t('newPatient')} lead={t('newLead')} narrow>
      <PatientFormView
        key={start.from}
        base={undefined}
        before={before}
        start={start.values}
        draftKey={key}
        saveLabel={t('create')}
        save={save}
        check={validate}
        onCancel={() => void navigate({ to: '/patients' })}
      >
        {start.from === 'draft' && (
          <>
            <DraftNotice draftKey={key} onDiscard={() => setStart(afresh())} />
            {prefill && <PrefillWaits />}
          </>
        )}
        {start.from === 'search' && prefill && (
          <PrefillNotice
            prefill={prefill}
            onEmpty={() => {
              forgetDraft(key);
              setStart({ from: 'empty', values: before });
              // The focused button disappears with the notice, so the first field takes the focus.
              setTimeout(() => focusField('name.0.family'));
            }}
          />
        )}
      </PatientFormView>
    </Page>
  );
}
