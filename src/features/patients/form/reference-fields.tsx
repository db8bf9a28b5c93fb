import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useFieldArray, useWatch } from 'react-hook-form';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { displayName } from '#fhir/names.ts';
import { record, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/field.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { messages } from './messages.ts';
import type { PatientForm } from './model.ts';
import styles from './form.module.css';

interface Props {
  name: 'generalPractitioner' | 'managingOrganization';
  type: 'Practitioner' | 'Organization';
  heading: string;
  add: string;
  /** At most one. */
  single?: boolean;
}

/** References to people or organizations of this server: found by name, never typed as an id. */
export function ReferenceFields({ name, type, heading, add, single }: Props) {
  const t = useMessages(messages);
  const rows = useFieldArray<PatientForm, Props['name']>({ name });
  const chosen = useWatch<PatientForm, Props['name']>({ name });
  return (
    <section aria-label={heading} className={styles.part}>
      <h3>{heading}</h3>
      {rows.fields.length === 0 && <p className={styles.hint}>{t('none')}</p>}
      <ul className={styles.chosen}>
        {rows.fields.map((row, at) => {
          const shown = chosen[at]?.display || chosen[at]?.reference || row.reference;
          return (
            <li key={row.id}>
              {shown}
              <Button variant="quiet" icon="close" onClick={() => rows.remove(at)}>
                {t('remove')}
                <span className="visually-hidden"> {shown}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <Finder
        type={type}
        label={add}
        onChoose={(reference, display) => {
          if (single) rows.replace([{ source: -1, reference, display }]);
          else rows.append({ source: -1, reference, display });
        }}
      />
    </section>
  );
}

function Finder({
  type,
  label,
  onChoose,
}: {
  type: Props['type'];
  label: string;
  onChoose: (reference: string, display: string) => void;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const { data, error, isFetching } = useQuery({
    ...searchQuery(fhir, type, { name: asked, _count: 10 }),
    enabled: asked !== '',
  });
  return (
    <div className={styles.finder}>
      <TextField
        label={label}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault(); // Enter finds here, it does not save the form
          setAsked(typed.trim());
        }}
      />
      <Button icon="search" busy={isFetching} onClick={() => setAsked(typed.trim())}>
        {t('find')}
      </Button>
      {error && <ErrorAlert error={error} />}
      {asked && data && (
        <ul className={styles.found} aria-label={t('found')}>
          {data.items.length === 0 && <li>{t('noneFound')}</li>}
          {data.items.map((item) => {
            const shown =
              (item.resourceType === 'Organization' ? text(record(item)['name']) : undefined) ??
              displayName(item.resourceType === 'Practitioner' ? item : undefined).text ??
              item.id;
            return (
              <li key={item.id}>
                <Button
                  icon="add"
                  onClick={() => {
                    onChoose(`${item.resourceType}/${item.id}`, shown);
                    setAsked('');
                    setTyped('');
                  }}
                >
                  {shown}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
