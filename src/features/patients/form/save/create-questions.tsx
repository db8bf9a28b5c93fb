import type { Found } from '../duplicates/find-duplicates.ts';
import { OpenedInstead } from '../existing/opened-instead.tsx';
import {
  BeforeSaveDialog,
  LostAnswerDialog,
  type BeforeSaveProps,
  type Doubts,
} from '../questions/before-save-dialog.tsx';
import type { CreateAttempt } from './create-attempt.ts';
import { clearPendingSave } from './pending-save.ts';
import type { SaveResult } from './save-types.ts';

/** Returns a question about possible duplicates, issues of the server or an unusual age. */
export function askBeforeCreate(
  { saving, tools, patient }: CreateAttempt,
  doubts: Doubts,
  how: Pick<BeforeSaveProps, 'title' | 'confirm'>,
): SaveResult {
  const { draftKey } = saving;
  return {
    issues: doubts.issues,
    ask: (asked) => (
      <BeforeSaveDialog
        {...{ asked, patient }}
        {...how}
        {...doubts}
        onOpen={(id) => {
          asked.keep(); // no record holds the typed values yet: keep the draft
          const onClose = (): void => tools.toast(undefined);
          void tools
            .navigate({ to: '/patients/$id', params: { id } })
            .then(() => tools.toast(<OpenedInstead {...{ id, draftKey, onClose }} />));
        }}
      />
    ),
  };
}

/** Returns the question whether a found record is the result of a create without a response. */
export function askAfterLostAnswer(
  { saving, tools, patient, seen }: CreateAttempt,
  found: Found,
): SaveResult {
  return {
    ask: (asked) => (
      <LostAnswerDialog
        {...{ asked, patient, found }}
        onAnyway={(others) => {
          clearPendingSave(saving.draftKey); // the user ruled these records out
          asked.again([...seen, ...others]);
        }}
        onOpen={(id) => {
          asked.release(); // the opened record holds the typed values: drop the draft
          void tools.navigate({ to: '/patients/$id', params: { id }, replace: true });
        }}
      />
    ),
  };
}
