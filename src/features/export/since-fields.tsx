import { monthNames } from '#i18n/words.ts';
import { useMessages } from '#i18n/provider.tsx';
import { SelectField, TextField } from '#ui/field/field.tsx';
import { Fieldset } from '#ui/field/field-group.tsx';
import type { Moment } from './form-values.ts';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Names of the inputs by part of the date and time. */
export const SINCE_INPUTS = {
  day: 'sinceDay',
  month: 'sinceMonth',
  year: 'sinceYear',
  time: 'sinceTime',
} as const satisfies Record<keyof Moment, string>;

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * Fields for a date and time: day, month by name, year and time, as everywhere in the app. The
 * browser's own field uses the order of the browser's language, so 3/4 could be read as 4/3.
 */
export function SinceFields({ error }: { error: string | undefined }) {
  const t = useMessages(messages);
  const months = monthNames().map((label, i) => ({ value: two(i + 1), label }));
  return (
    <Fieldset
      legend={
        <>
          {t('since')} <span className={styles.optional}>{t('optional')}</span>
        </>
      }
      hint={t('sinceHint')}
      error={error}
      row
    >
      <TextField
        name={SINCE_INPUTS.day}
        label={t('day')}
        inputMode="numeric"
        maxLength={2}
        size={3}
      />
      <SelectField
        name={SINCE_INPUTS.month}
        label={t('month')}
        options={[{ value: '', label: '' }, ...months]}
      />
      <TextField
        name={SINCE_INPUTS.year}
        label={t('year')}
        inputMode="numeric"
        maxLength={4}
        size={5}
      />
      <TextField name={SINCE_INPUTS.time} type="time" label={t('time')} />
    </Fieldset>
  );
}
