import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useRef, useState } from 'react';
import { useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { Conflict } from '#fhir/errors.ts';
import { displayName } from '#fhir/names.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { CheckboxField } from '#ui/field-group.tsx';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { ComparePatients } from '../form/compare-patients.tsx';
import { DeedDialog } from './deed-dialog.tsx';
import type { DeedProps } from './deeds.ts';
import styles from './deeds.module.css';
import { FindSurvivor } from './find-survivor.tsx';
import { HalfLinked, linkPatients } from './link-patients.ts';
import { messages } from './messages.ts';
import { useDeed } from './use-deed.ts';

/** Says that this record is a duplicate of another: finds that one, compares the two, links them. */
export function LinkDialog({ opened, onClose }: DeedProps) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const announce = useAnnounce();
  const deed = useDeed(opened);
  const { capability } = useCapability();
  const [survivor, setSurvivor] = useState<Versioned<Patient>>();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const [half, setHalf] = useState(false);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const nameOf = (p: Patient) => displayName(p).text ?? t('nameNotKnown');
  const gone = nameOf(deed.opened.resource);
  const stays = survivor ? nameOf(survivor.resource) : '';
  const { id } = deed.opened.resource;

  const choose = async (other: string): Promise<void> => {
    deed.fail(undefined);
    try {
      setSurvivor(await fhir.client.read('Patient', other));
      setSure(false);
      setAsked(false);
    } catch (failure) {
      deed.fail(failure);
    }
  };

  /** Both are read again, for the person to compare once more or to try again. */
  const readAgain = async (): Promise<void> => {
    if (!survivor) return;
    const [mine, theirs] = await Promise.all([
      fhir.client.read('Patient', id),
      fhir.client.read('Patient', survivor.resource.id),
    ]);
    deed.takeUp(mine);
    setSurvivor(theirs);
    setSure(false);
    setAsked(false);
  };

  const confirm = async (): Promise<void> => {
    setAsked(true);
    if (!survivor || !sure || underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setHalf(false);
    deed.fail(undefined);
    try {
      const pair = { gone: deed.opened, stays: survivor };
      await linkPatients(fhir.client, pair, capability?.system('transaction') === true);
      for (const each of [id, survivor.resource.id]) {
        void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', each) });
        void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', each) });
      }
      void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') });
      announce(t('linked', { gone, stays }));
      onClose();
    } catch (failure) {
      setHalf(failure instanceof HalfLinked);
      if (failure instanceof Conflict || failure instanceof HalfLinked) {
        await readAgain().catch((again: unknown) => deed.fail(again));
      } else deed.fail(failure);
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };

  return (
    <DeedDialog
      deed={half ? { ...deed, moved: false } : deed}
      title={t('linkTitle', { name: gone })}
      confirm={survivor && t('linkConfirm')}
      busy={busy}
      wide
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {half && <Notice tone="danger" role="alert" title={t('linkHalf', { gone, stays })} />}
      {survivor ? (
        <>
          <p>{t('linkCompare', { gone, stays })}</p>
          <ComparePatients
            patients={[
              {
                key: 'gone',
                patient: deed.opened.resource,
                heading: <Heading name={gone} tone="warning" flag={t('linkGone')} />,
              },
              {
                key: 'stays',
                patient: survivor.resource,
                heading: <Heading name={stays} tone="success" flag={t('linkStays')} />,
              },
            ]}
          />
          <p>{t('linkText')}</p>
          <CheckboxField
            label={t('linkSure')}
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
            error={asked && !sure && t('needSure')}
          />
          <div>
            <Button variant="quiet" onClick={() => setSurvivor(undefined)}>
              {t('otherChoice')}
            </Button>
          </div>
        </>
      ) : (
        <FindSurvivor patient={deed.opened.resource} onChoose={(other) => void choose(other)} />
      )}
    </DeedDialog>
  );
}

function Heading({
  name,
  flag,
  tone,
}: {
  name: string;
  flag: string;
  tone: 'warning' | 'success';
}) {
  return (
    <span className={styles.heading}>
      {name} <Flag tone={tone}>{flag}</Flag>
    </span>
  );
}
