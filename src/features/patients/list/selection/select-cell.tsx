import type { Patient } from 'fhir/r4';
import { memo, useContext } from 'react';
import { displayName } from '#fhir/patient/names.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { SelectionContext } from '../use-selection.ts';
import { messages } from './messages.ts';
import styles from './selection.module.css';

/** The checkbox or radio button that selects a row. */
export function SelectCell({ patient }: { patient: Stored<Patient> }) {
  const selection = useContext(SelectionContext);
  if (!selection) return null;
  const { selected, single, onSelect } = selection;
  return (
    <Box patient={patient} checked={selected.has(patient.id)} single={single} onSelect={onSelect} />
  );
}

interface BoxProps {
  patient: Stored<Patient>;
  checked: boolean;
  single: boolean;
  onSelect: (patient: Stored<Patient>, on: boolean) => void;
}

/** Memoised, so that ticking one of a thousand boxes renders only that box again. */
const Box = memo(function Box({ patient, checked, single, onSelect }: BoxProps) {
  const t = useMessages(messages);
  return (
    <label className={styles.cell}>
      <span className="visually-hidden">
        {t('selectRow', { name: displayName(patient).text ?? t('nameNotKnown') })}
      </span>
      <input
        type={single ? 'radio' : 'checkbox'}
        name={single ? 'chosen-patient' : undefined}
        checked={checked}
        onChange={(event) => onSelect(patient, event.target.checked)}
      />
    </label>
  );
});
