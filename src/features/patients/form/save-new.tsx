import type { useNavigate } from '@tanstack/react-router';
import type { Fhir } from '#data/fhir-context.ts';
import { isLost } from '#data/mutations-lost.ts';
import type { useCreatePatient } from '#data/mutations.ts';
import type { Capability } from '#fhir/capability.ts';
import { CreatedButUnknown } from '#fhir/errors.ts';
import { displayName } from '#fhir/names.ts';
import { BeforeSaveDialog, LostAnswerDialog, type Doubts } from './before-save-dialog.tsx';
import { condition, findDuplicates, lookForCreated } from './find-duplicates.ts';
import type { FormText } from './messages.ts';
import { objections } from './objections.ts';
import type { Saving, SaveResult } from './patient-form.tsx';
import type { Validate } from './use-validate.ts';
import { unusualAge } from './very-old.ts';

interface Tools {
  readonly fhir: Fhir;
  readonly capability: Capability | undefined;
  readonly create: ReturnType<typeof useCreatePatient>['mutateAsync'];
  readonly validate: Validate | undefined;
  readonly navigate: ReturnType<typeof useNavigate>;
  readonly announce: (text: string) => void;
  readonly t: FormText;
}

/**
 * Creates a patient, after a look for who is there already and for what the server thinks of it.
 * Once the person has left the form nothing more is sent, and nobody is led to what was.
 */
export async function saveNew(saving: Saving, tools: Tools): Promise<SaveResult> {
  const { confirmed, signal, release } = saving;
  const { patient } = saving.built;
  const { fhir, capability, navigate, t } = tools;
  const { client, session } = fhir;
  const question = (doubts: Doubts, title: string, confirm?: string): SaveResult => ({
    issues: doubts.issues,
    ask: (asked) => (
      <BeforeSaveDialog
        {...{ asked, patient, title, confirm }}
        {...doubts}
        onOpen={(id) => {
          asked.close(); // the form asks about what was typed before it is left
          void navigate({ to: '/patients/$id', params: { id } });
        }}
      />
    ),
  });
  if (!confirmed) {
    const old = unusualAge(patient.birthDate);
    const matches = capability?.operation('Patient', 'match') === true;
    const [issues, found] = await Promise.all([
      objections(tools.validate, patient, signal),
      findDuplicates(client, patient, matches, signal),
    ]);
    const twin = found.failed || found.matches.length > 0;
    if (twin || issues.length > 0 || old !== undefined) {
      const title = twin ? 'duplicatesTitle' : issues.length > 0 ? 'objectsTitle' : 'confirmTitle';
      return question({ found, issues, old }, t(title), t('createAnyway'));
    }
  }
  const conditional =
    session.server.requests.conditionalCreate && capability?.conditionalCreate('Patient') !== false;
  const since = Date.now();
  signal.throwIfAborted();
  try {
    const saved = await tools.create({
      patient,
      ifNoneExist: conditional ? condition(patient) : undefined,
    });
    if (signal.aborted) return {};
    if (saved.existed) {
      const match = { patient: saved.resource, score: 1, reasons: ['identifier'] as const };
      return question({ found: { matches: [match], failed: false } }, t('existsTitle'));
    }
    release();
    const name = displayName(saved.resource).text ?? displayName(patient).text;
    tools.announce(t('created', { name: name ?? t('nameNotKnown') }));
    await navigate({ to: '/patients/$id', params: { id: saved.resource.id }, replace: true });
    return {};
  } catch (error) {
    if (signal.aborted || !isLost(error)) throw error;
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
}
