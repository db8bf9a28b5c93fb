import { useQuery } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { TextField } from '#ui/field/field.tsx';
import { FoundPatient } from './found-patient.tsx';
import { findSimilar, findRecords, SHOWN } from './find-records.ts';
import { messages } from './messages.ts';
import styles from './actions.module.css';

/** Lets the user find the record to link to: lists similar records at once and offers a search. */
export function FindTarget({
  patient,
  onChoose,
  inputRef,
}: {
  patient: Stored<Patient>;
  /** Called with the chosen record as it is on the server now. */
  onChoose: (other: Versioned<Patient>) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const choice = useChoice(onChoose);
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.searches(fhir, 'Patient'), 'target', patient.id, asked],
    queryFn: ({ signal }) =>
      asked ? findRecords(fhir.client, asked, signal) : findSimilar(fhir.client, patient, signal),
    gcTime: 0,
  });
  const others = (data?.patients ?? []).filter((p) => p.id !== patient.id);
  const found = others.slice(0, SHOWN);
  const more = data?.more === true || others.length > SHOWN;
  const said = asked ? (more ? 'foundFirst' : 'found') : data?.failed ? 'alikeFailed' : 'alike';
  const problem = error ?? choice.error;
  return (
    <>
      <p>{t('linkFind')}</p>
      <form
        className={styles.find}
        onSubmit={(event) => {
          event.preventDefault();
          choice.drop();
          setAsked(typed.trim());
        }}
      >
        <TextField
          ref={inputRef}
          label={t('findLabel')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          wide
        />
        {/* A busy button ignores Enter: text typed while a search runs must still start one. */}
        <Button type="submit" icon="search" busy={isFetching && typed.trim() === asked}>
          {t('find')}
        </Button>
      </form>
      {problem !== undefined && problem !== null && <ErrorAlert error={problem} />}
      <p role="status">{data && !isFetching && t(said, { n: found.length })}</p>
      <ul className={styles.found}>
        {found.map((other) => (
          <FoundPatient
            key={other.id}
            patient={other}
            busy={choice.id === other.id}
            onChoose={() => void choice.make(other.id)}
          />
        ))}
      </ul>
    </>
  );
}

/** Reads the last chosen record from the server; a response to an earlier choice is ignored. */
function useChoice(onChoose: (other: Versioned<Patient>) => void) {
  const { client } = useFhir();
  const [id, setId] = useState<string>();
  const [error, setError] = useState<unknown>();
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);

  const drop = (): void => {
    reading.current?.abort();
    setId(undefined);
    setError(undefined);
  };
  const make = async (other: string): Promise<void> => {
    drop();
    const { signal } = (reading.current = new AbortController());
    setId(other);
    try {
      const chosen = await client.read('Patient', other, { signal });
      if (!signal.aborted) onChoose(chosen);
    } catch (failure) {
      if (signal.aborted) return;
      setId(undefined);
      setError(failure);
    }
  };
  return { id, error, make, drop };
}
