import { useFieldArray, useWatch } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import type { TargetType } from './find-references.ts';
import { messages } from '../messages.ts';
import type { PatientForm } from '../model.ts';
import { ReferenceFinder } from './reference-finder.tsx';
import styles from '../form.module.css';

interface Props {
  name: 'generalPractitioner' | 'managingOrganization';
  types: readonly TargetType[];
  heading: string;
  add: string;
  /** At most one. */
  single?: boolean;
}

/** References to people or organizations of this server: found by name, never typed as an id. */
export function ReferenceFields({ name, types, heading, add, single }: Props) {
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
              <Chosen shown={shown} onRemove={() => rows.remove(at)} />
            </li>
          );
        })}
      </ul>
      <ReferenceFinder
        types={types}
        label={add}
        onChoose={(reference, display) => {
          if (single) rows.replace([{ source: -1, reference, display }]);
          else rows.append({ source: -1, reference, display });
        }}
      />
    </section>
  );
}

/** What was chosen, with a button to take it out. */
export function Chosen({ shown, onRemove }: { shown: string; onRemove: () => void }) {
  const t = useMessages(messages);
  return (
    <>
      {shown}
      <Button variant="quiet" icon="close" onClick={onRemove}>
        {t('remove')}
        <span className="visually-hidden"> {shown}</span>
      </Button>
    </>
  );
}
