import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useCan, useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { isLost } from '#data/mutations-lost.ts';
import { useCreatePatient } from '#data/mutations.ts';
import { today } from '#fhir/dates.ts';
import { CreatedButUnknown } from '#fhir/errors.ts';
import { displayName } from '#fhir/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { beside, fetched } from './beside.ts';
import { splitDate, yearsSince } from './date-parts.ts';
import { draftKey, readDraft } from './draft.ts';
import { DraftNotice } from './draft-notice.tsx';
import { messages } from './messages.ts';
import { emptyForm } from './model.ts';
import { PatientFormView, type SaveResult } from './patient-form.tsx';
import type { Found } from './find-duplicates.ts';
import type { Built } from './to-patient.ts';
import { useValidate } from './use-validate.ts';
import { VERY_OLD } from './very-old.ts';

const search = fetched(() => import('./find-duplicates.ts'));
const dialogs = () => import('./before-save-dialog.tsx');
const BeforeSaveDialog = beside(async () => (await dialogs()).BeforeSaveDialog);
const LostAnswerDialog = beside(async () => (await dialogs()).LostAnswerDialog);

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
  const { client, session } = useFhir();
  const { capability } = useCapability();
  const create = useCreatePatient();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const validate = useValidate();
  const key = draftKey(session, 'new');
  const matches = capability?.operation('Patient', 'match') === true;
  const before = useMemo(() => emptyForm(), []);
  const [draft, setDraft] = useState(() => readDraft(key));

  const save = async (
    built: Built,
    confirmed: boolean,
    release: () => void,
  ): Promise<SaveResult> => {
    const { patient } = built;
    const { condition, findDuplicates, lookForCreated } = await search();
    const question = (found: Found, title: string, old?: number, confirm?: string): SaveResult => ({
      ask: (asked) => (
        <BeforeSaveDialog
          {...{ asked, patient, found, title, old, confirm }}
          onOpen={(id) => {
            asked.close(); // the form asks about what was typed before it is left
            void navigate({ to: '/patients/$id', params: { id } });
          }}
        />
      ),
    });
    if (!confirmed) {
      const years = yearsSince(splitDate(patient.birthDate), today());
      const old = years !== undefined && years > VERY_OLD ? years : undefined;
      const [issues, found] = await Promise.all([
        validate?.(patient),
        findDuplicates(client, patient, matches),
      ]);
      if (issues?.some((i) => i.severity === 'error' || i.severity === 'fatal')) return { issues };
      const doubt = found.failed || found.matches.length > 0;
      if (old !== undefined || doubt) {
        const title = t(doubt ? 'duplicatesTitle' : 'confirmTitle');
        return question(found, title, old, t('createAnyway'));
      }
    }
    const conditional =
      session.server.requests.conditionalCreate &&
      capability?.conditionalCreate('Patient') !== false;
    const since = Date.now();
    try {
      const saved = await create.mutateAsync({
        patient,
        ifNoneExist: conditional ? condition(patient) : undefined,
      });
      if (saved.existed) {
        const match = { patient: saved.resource, score: 1, reasons: ['identifier'] as const };
        return question({ matches: [match], failed: false }, t('existsTitle'));
      }
      release();
      const name = displayName(saved.resource).text ?? displayName(patient).text;
      announce(t('created', { name: name ?? t('nameNotKnown') }));
      await navigate({ to: '/patients/$id', params: { id: saved.resource.id }, replace: true });
      return { done: true };
    } catch (error) {
      if (!isLost(error)) throw error;
      // Where the condition was met, the record may be as old as it likes.
      const met = conditional && error instanceof CreatedButUnknown && error.status === 200;
      const found = await lookForCreated(client, patient, met ? 0 : since);
      return {
        ask: (asked) => (
          <LostAnswerDialog
            {...{ asked, patient, found }}
            onOpen={(id) => {
              asked.release(); // what was typed is the record that opens
              void navigate({ to: '/patients/$id', params: { id }, replace: true });
            }}
          />
        ),
      };
    }
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
        check={validate && ((built) => validate(built.patient))}
        onCancel={() => void navigate({ to: '/patients' })}
      >
        {draft && <DraftNotice draftKey={key} onDiscard={() => setDraft(undefined)} />}
      </PatientFormView>
    </Page>
  );
}
