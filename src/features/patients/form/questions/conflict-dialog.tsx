import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { putRead } from '#data/mutations.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { Conflict } from '#fhir/errors.ts';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { merge, mergePoints, type MergePoint, type Side } from '#fhir/changes/merge.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { elementLabel } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { tellApart } from '#ui/elements/tell-apart.ts';
import { Notice } from '#ui/notice.tsx';
import { useAttempt } from '#ui/use-attempt.ts';
import { CompareFrame } from '../compare/compare-frame.tsx';
import { BidiLines } from '../compare/bidi-lines.tsx';
import { messages as formMessages } from '../messages.ts';
import { messages } from './messages.ts';
import type { Asked, Over, Written } from '../save/save-types.ts';
import { SaveError } from './save-error.tsx';
import styles from '../form.module.css';

interface Props {
  asked: Asked;
  base: Stored<Patient>;
  mine: Stored<Patient>;
  theirs: Versioned<Patient>;
  /** Saves the merged patient over another version. May throw. */
  write: (merged: Stored<Patient>, over: Over) => Promise<Written>;
  /** Called after a save, unless the user left the form. */
  onSaved: (written: Written) => void;
  /** Called if the merge equals the server's version, so that there is nothing to send. */
  onNothing: () => void;
}

/**
 * Resolves an edit conflict after another user saved first: shows the original, the other version
 * and the user's version field by field. Closing returns to the form with all typed values.
 */
export function ConflictDialog(props: Props) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const attempt = useAttempt(props.asked.close);
  // A second conflict starts from the merge result of the first one.
  const [versions, setVersions] = useState({
    base: props.base,
    mine: props.mine,
    theirs: props.theirs,
  });
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [error, setError] = useState<unknown>();
  const [anew, setAnew] = useState(false);
  const { base, mine, theirs } = versions;
  const points = mergePoints(base, mine, theirs.resource).filter((p) => p.state !== 'both');
  const open = points.filter((p) => p.state === 'conflict' && !choices.has(p.path));

  const save = (): void => {
    const { resource, etag } = theirs;
    if (open.length > 0 || !etag) return;
    const merged = merge(base, mine, resource, choices);
    if (sameJson(merged, resource)) return props.onNothing();
    void attempt.run(
      async ({ send, signal }) => {
        setError(undefined);
        setAnew(false);
        try {
          return { written: await send(() => props.write(merged, { resource, etag })) };
        } catch (failure) {
          if (!(failure instanceof Conflict)) throw failure;
          return { newer: await fhir.client.read('Patient', base.id, { signal }) };
        }
      },
      ({ written, newer }) => {
        if (written) return props.onSaved(written);
        putRead(cache, fhir, newer);
        setVersions({ base: theirs.resource, mine: merged, theirs: newer });
        setChoices(new Map());
        setAnew(true);
      },
      setError, // the record was deleted, or no response: the choices are kept
    );
  };

  return (
    <Dialog
      open
      wide
      title={t('conflictTitle')}
      held={attempt.sent}
      onClose={attempt.close}
      actions={
        <>
          <span role="status">{attempt.sent && f('saving')}</span>
          <Button aria-disabled={attempt.sent} onClick={attempt.close}>
            {t('goBack')}
          </Button>
          <Button variant="primary" busy={attempt.busy} disabled={open.length > 0} onClick={save}>
            {f('save')}
          </Button>
        </>
      }
    >
      {error !== undefined && <SaveError error={error} />}
      {anew && <Notice tone="warning" role="alert" title={t('conflictAgain')} />}
      <p>
        {t('conflictText', {
          when: formatDateTime(theirs.resource.meta?.lastUpdated) ?? f('notKnown'),
        })}
      </p>
      <p role="status">{t('conflictOpen', { n: open.length })}</p>
      <ConflictTable
        points={points}
        choices={choices}
        onChoose={(path, side) => setChoices(new Map(choices).set(path, side))}
      />
    </Dialog>
  );
}

function ConflictTable({
  points,
  choices,
  onChoose,
}: {
  points: readonly MergePoint[];
  choices: ReadonlyMap<string, Side>;
  onChoose: (path: string, side: Side) => void;
}) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const elements = useMessages(elementMessages);
  return (
    <CompareFrame
      label={f('compared')}
      heads={[
        ['element', f('element')],
        ['base', t('wasBase')],
        ['theirs', t('wasTheirs')],
        ['mine', t('wasMine')],
      ]}
    >
      {points.map((point) => {
        const label = elementLabel(point.path, elements);
        const byDefault =
          point.state === 'conflict' ? undefined : point.state === 'mine' ? 'mine' : 'theirs';
        const side = choices.get(point.path) ?? byDefault;
        const [base = '', theirs = '', mine = ''] = tellApart(
          [point.base, point.theirs, point.mine],
          point.path,
          elements,
          f('nothing'),
        );
        const words = { theirs, mine };
        return (
          <tr key={point.path} className={side === undefined ? styles.conflict : undefined}>
            <th scope="row">{label}</th>
            <td className={styles.lines}>
              <BidiLines text={base} />
            </td>
            {(['theirs', 'mine'] as const).map((which) => (
              <td key={which} className={styles.lines}>
                <label className={styles.choice}>
                  <input
                    type="radio"
                    name={`side-${point.path}`}
                    checked={side === which}
                    onChange={() => onChoose(point.path, which)}
                    aria-label={t(which === 'mine' ? 'takeMine' : 'takeTheirs', {
                      element: label,
                      value: words[which],
                    })}
                  />
                  <span>
                    <BidiLines text={words[which]} />
                  </span>
                </label>
              </td>
            ))}
          </tr>
        );
      })}
    </CompareFrame>
  );
}
