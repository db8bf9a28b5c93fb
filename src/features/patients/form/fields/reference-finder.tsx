import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { TextField } from '#ui/field/field.tsx';
import { findReferences, type TargetType } from './find-references.ts';
import { messages } from '../messages.ts';
import styles from '../form.module.css';

/** Returns the types that the user may search on this server; all `types` if there are none. */
function useSearchable(types: readonly TargetType[]): readonly TargetType[] {
  const can = {
    Practitioner: useCan('search', 'Practitioner').allowed,
    PractitionerRole: useCan('search', 'PractitionerRole').allowed,
    Organization: useCan('search', 'Organization').allowed,
  };
  const searchable = types.filter((type) => can[type]);
  return searchable.length > 0 ? searchable : types; // the search then shows the refusal
}

/** Finds people or organizations of this server by name, so that no id must be typed. */
export function ReferenceFinder({
  types,
  label,
  onChoose,
}: {
  types: readonly TargetType[];
  label: string;
  onChoose: (reference: string, display: string) => void;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const searchable = useSearchable(types);
  const { data, error, isFetching } = useQuery({
    queryKey: [...keys.searches(fhir, 'Practitioner'), 'find', searchable, asked],
    queryFn: ({ signal }) => findReferences(fhir.client, searchable, asked, signal),
    enabled: asked !== '',
  });
  return (
    <div className={styles.finder}>
      <TextField
        label={label}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          // While an input method composes text, Enter accepts the composed word.
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault(); // Enter searches and must not submit the form
          setAsked(typed.trim());
        }}
      />
      <Button icon="search" busy={isFetching} onClick={() => setAsked(typed.trim())}>
        {t('find')}
      </Button>
      {error && <ErrorAlert error={error} />}
      {asked && data && (
        <ul className={styles.found} aria-label={t('found')}>
          {data.length === 0 && <li>{t('noneFound')}</li>}
          {data.map(({ type, reference, display }) => (
            <li key={reference}>
              <Button
                icon="add"
                onClick={() => {
                  onChoose(reference, display);
                  setAsked('');
                  setTyped('');
                }}
              >
                {types.length > 1
                  ? t('foundOf', { name: display, kind: t(`kind.${type}`) })
                  : display}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
