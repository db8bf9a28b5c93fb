import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
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
import type { Attempt } from '#ui/use-attempt.ts';
import { ComparePatients } from '../form/compare-patients.tsx';
import { DeedDialog } from './deed-dialog.tsx';
import type { DeedProps } from './deeds.ts';
import styles from './deeds.module.css';
import { FindSurvivor } from './find-survivor.tsx';
import { HalfLinked, linkPatients, type Pair } from './link-patients.ts';
import { messages } from './messages.ts';
import { useDeed } from './use-deed.ts';

/** Says that this record is a duplicate of another: finds that one, compares the two, links them. */
export function LinkDialog(props: DeedProps) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const announce = useAnnounce();
  const deed = useDeed(props);
  const { capability } = useCapability();
  const [survivor, setSurvivor] = useState<Versioned<Patient>>();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const [half, setHalf] = useState(false);
  const nameOf = (p: Patient) => displayName(p).text ?? t('nameNotKnown');
  const gone = nameOf(deed.opened.resource);
  const stays = survivor ? nameOf(survivor.resource) : '';
  const { id } = deed.opened.resource;

  const compare = (other: Versioned<Patient> | undefined): void => {
    setSurvivor(other);
    setSure(false);
    setAsked(false);
  };

  /** However it ended: one of the two may have been written, and others may still show it. */
  const refresh = (ids: readonly string[]): void => {
    for (const each of ids) {
      void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', each) });
      void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', each) });
    }
    void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') });
  };

  /** @returns where they must be compared once more, the two as they are now, or why that is not known */
  const work = async ({ signal, send }: Attempt, pair: Pair) => {
    setHalf(false);
    deed.fail(undefined);
    const ids = [id, pair.stays.resource.id] as const;
    const transaction = capability?.system('transaction') === true;
    try {
      await send(() => linkPatients(fhir.client, pair, transaction)).finally(() => refresh(ids));
      return undefined;
    } catch (failure) {
      const onlyHalf = failure instanceof HalfLinked;
      if (!(failure instanceof Conflict || onlyHalf)) throw failure;
      const read = (each: string) => fhir.client.read('Patient', each, { signal });
      const now = await Promise.all([read(ids[0]), read(ids[1])]).catch((problem: unknown) => ({
        problem,
      }));
      return { onlyHalf, now };
    }
  };

  const confirm = (): void => {
    setAsked(true);
    if (!survivor || !sure) return;
    const pair = { gone: deed.opened, stays: survivor };
    void deed.attempt.run(
      (attempt) => work(attempt, pair),
      (again) => {
        if (again) {
          setHalf(again.onlyHalf);
          if ('problem' in again.now) return deed.fail(again.now.problem);
          const [mine, theirs] = again.now;
          deed.takeUp(mine);
          return compare(theirs);
        }
        announce(t('linked', { gone, stays }));
        props.onClose();
      },
      deed.fail,
    );
  };

  return (
    <DeedDialog
      deed={half ? { ...deed, moved: false } : deed}
      title={t('linkTitle', { name: gone })}
      confirm={survivor && t('linkConfirm')}
      wide
      onConfirm={confirm}
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
            <Button variant="quiet" onClick={() => compare(undefined)}>
              {t('otherChoice')}
            </Button>
          </div>
        </>
      ) : (
        <FindSurvivor patient={deed.opened.resource} onChoose={compare} />
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
