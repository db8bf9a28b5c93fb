import type { Patient } from 'fhir/r4';
import { useEffect, useRef, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { CheckboxField } from '#ui/field/field-group.tsx';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { Notice } from '#ui/notice.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import { messages as recordChangedMessages } from './record-changed/messages.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionProps } from './actions.ts';
import { FindTarget } from './find-target.tsx';
import { linking } from './link-patients.ts';
import { messages } from './messages.ts';
import { useRecordAction } from './use-record-action.ts';
import { usePairWrite } from './use-pair-write.ts';

/** Preloaded while the user searches. */
const ComparePair = lazyPart(
  async () => (await import('./compare-pair.tsx')).ComparePair,
  PartMissing,
);

/** Marks this record as a duplicate: finds the other record, compares the two and links them. */
export function LinkDialog(props: ActionProps) {
  const t = useMessages(messages);
  const a = useMessages(recordChangedMessages);
  const { baseUrl } = useFhir().client;
  const action = useRecordAction(props);
  const [target, setTarget] = useState<Versioned<Patient>>();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const nameOf = (p: Patient) => displayName(p).text ?? t('nameNotKnown');
  const names = {
    gone: nameOf(action.opened.resource),
    stays: target ? nameOf(target.resource) : '',
  };

  useEffect(() => void ComparePair.fetch(), []);
  // The pressed button disappears with its view: the new view takes the focus.
  const search = useRef<HTMLInputElement>(null);
  const compared = useRef<HTMLParagraphElement>(null);
  const comparing = target !== undefined;
  const before = useRef(comparing);
  useEffect(() => {
    if (comparing !== before.current) (comparing ? compared : search).current?.focus();
    before.current = comparing;
  }, [comparing]);

  const compare = (other: Versioned<Patient> | undefined): void => {
    setTarget(other);
    setSure(false);
    setAsked(false);
  };

  const { half, write } = usePairWrite(action, {
    onAgain: compare,
    said: t('linked', names),
  });

  // Checks the record as read again, because the search result may be stale and two records must
  // not replace each other.
  const mergedTwin = target && patientStatus(target.resource, baseUrl).merged;
  const confirm = (): void => {
    setAsked(true);
    if (!target || !sure) return;
    write(linking({ source: action.opened, target }, baseUrl));
  };

  return (
    <ActionDialog
      action={action}
      title={t('linkTitle', { name: names.gone })}
      confirm={target && t('linkConfirm')}
      wide
      barred={mergedTwin && a('mergedTwin', { name: names.stays })}
      onConfirm={confirm}
    >
      {target && half === target.resource.id && (
        <Notice tone="danger" role="alert" title={t('linkHalf', names)} />
      )}
      {target ? (
        <>
          <p ref={compared} tabIndex={-1}>
            {t('linkCompare', names)}
          </p>
          <ComparePair
            source={action.opened.resource}
            target={target.resource}
            flags={[t('linkGone'), t('linkStays')]}
          />
          <p>{t('linkText')}</p>
          <CheckboxField
            label={t('linkSure')}
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
            error={asked && !sure && t('needSure')}
          />
          <div>
            <Button variant="quiet" onClick={() => compare(undefined)}>
              {t('otherChoice')}
            </Button>
          </div>
        </>
      ) : (
        <FindTarget patient={action.opened.resource} onChoose={compare} inputRef={search} />
      )}
    </ActionDialog>
  );
}
