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

/** Asks about possible duplicates, issues of the server, or an unusual age. */
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
          asked.keep(); // what was typed is not saved in any record yet
          const onClose = (): void => tools.toast(undefined);
          void tools
            .navigate({ to: '/patients/$id', params: { id } })
            .then(() => tools.toast(<OpenedInstead {...{ id, draftKey, onClose }} />));
        }}
      />
    ),
  };
}

/** Asks whether a record that was found is the one of a create whose answer was lost. */
export function askAfterLostAnswer(
  { saving, tools, patient, seen }: CreateAttempt,
  found: Found,
): SaveResult {
  return {
    ask: (asked) => (
      <LostAnswerDialog
        {...{ asked, patient, found }}
        onAnyway={(others) => {
          clearPendingSave(saving.draftKey); // reviewed, and ruled out
          asked.again([...seen, ...others]);
        }}
        onOpen={(id) => {
          asked.release(); // what was typed is the record that opens
          void tools.navigate({ to: '/patients/$id', params: { id }, replace: true });
        }}
      />
    ),
  };
}
