import { useFieldArray, useWatch } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { FieldError } from '#ui/field/field.tsx';
import type { TargetType } from './find-references.ts';
import { messages } from '../messages.ts';
import type { PatientForm } from '../model.ts';
import { fieldId, useProblem } from '../validation/problems.tsx';
import { ReferenceFinder } from './reference-finder.tsx';
import styles from '../form.module.css';

interface Props {
  name: 'generalPractitioner' | 'managingOrganization';
  types: readonly TargetType[];
  heading: string;
  add: string;
  /** At most one reference: choosing another replaces it. */
  single?: boolean;
}

/** References to practitioners or organizations, which the user finds by name on this server. */
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
              <Chosen
                path={`${name}.${at}.display`}
                shown={shown}
                onRemove={() => rows.remove(at)}
              />
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

/**
 * A chosen reference with a button to remove it, which takes the focus if the server objects to the
 * reference.
 *
 * @param path of the form field
 */
export function Chosen({
  path,
  shown,
  onRemove,
}: {
  path: string;
  shown: string;
  onRemove: () => void;
}) {
  const t = useMessages(messages);
  const id = fieldId(path);
  return (
    <>
      <FieldError id={`${id}-error`} error={useProblem(path)} />
      {shown}
      <Button
        id={id}
        aria-describedby={`${id}-error`}
        variant="quiet"
        icon="close"
        onClick={onRemove}
      >
        {t('remove')}
        <span className="visually-hidden"> {shown}</span>
      </Button>
    </>
  );
}
