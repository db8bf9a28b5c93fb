import type { Patient } from 'fhir/r4';
import { displayName } from '#fhir/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './selection.module.css';

export interface SelectCellProps {
  patient: Patient;
  checked: boolean;
  /** One only, of all rows. */
  single: boolean;
  onChange: (checked: boolean) => void;
}

/** The box that takes a row into the selection. */
export function SelectCell({ patient, checked, single, onChange }: SelectCellProps) {
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
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
