import { useQuery } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import type { FhirClient } from '#fhir/client.ts';
import { formatDate } from '#fhir/dates.ts';
import { displayName } from '#fhir/names.ts';
import { patientStatus } from '#fhir/patient.ts';
import { readSearchText } from '#fhir/search-text.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { TextField } from '#ui/field.tsx';
import { Flag } from '#ui/flag.tsx';
import { findDuplicates } from '../form/find-duplicates.ts';
import { messages } from './messages.ts';
import styles from './deeds.module.css';

const COUNT = 10;

/** Every way to read what was typed is tried; one that a server refuses does not spoil the others. */
async function lookFor(client: FhirClient, typed: string): Promise<readonly Stored<Patient>[]> {
  const { readings } = readSearchText(typed);
  const answers = await Promise.allSettled(
    readings.map(({ params }) => client.search('Patient', { ...params, _count: COUNT })),
  );
  const refused = answers.find((a) => a.status === 'rejected');
  if (refused && answers.every((a) => a.status === 'rejected')) throw refused.reason;
  return answers.flatMap((a) => (a.status === 'fulfilled' ? [...a.value.items] : []));
}

/** Finds the record that stays: those that look alike are there at once, others by search. */
export function FindSurvivor({
  patient,
  onChoose,
}: {
  patient: Stored<Patient>;
  onChoose: (id: string) => void;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.searches(fhir, 'Patient'), 'survivor', patient.id, asked],
    queryFn: async () =>
      asked
        ? lookFor(fhir.client, asked)
        : (await findDuplicates(fhir.client, patient)).matches.map((m) => m.patient),
    gcTime: 0,
  });
  const found = [...new Map((data ?? []).map((p) => [p.id, p])).values()]
    .filter((p) => p.id !== patient.id)
    .slice(0, COUNT);
  return (
    <>
      <p>{t('linkFind')}</p>
      <form
        className={styles.find}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <TextField
          label={t('findLabel')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          wide
        />
        <Button type="submit" icon="search" busy={isFetching}>
          {t('find')}
        </Button>
      </form>
      {error && <ErrorAlert error={error} />}
      <p role="status">{data && !isFetching && t('found', { n: found.length })}</p>
      <ul className={styles.found}>
        {found.map((other) => {
          const name = displayName(other).text ?? t('nameNotKnown');
          const born = formatDate(other.birthDate) ?? t('notKnown');
          const merged = patientStatus(other, fhir.client.baseUrl).merged;
          return (
            <li key={other.id}>
              <span>
                {name}, {born}
              </span>
              {merged ? (
                <Flag tone="warning">{t('cannotReplaced')}</Flag>
              ) : (
                <Button
                  aria-label={t('chooseOf', { name, born })}
                  onClick={() => onChoose(other.id)}
                >
                  {t('choose')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
