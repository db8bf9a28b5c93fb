import { useRef } from 'react';
import { formatDate } from '#fhir/dates/dates.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/field/field.tsx';
import { parseRange } from './date-range.ts';
import { messages } from './messages.ts';
import styles from './filters.module.css';

export interface DateFilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Whether the user may also type a range. */
  range?: boolean;
  /** Whether to report that the text is not a date. */
  wrong: boolean;
}

/** Text field for a date; offers the meanings of an ambiguous date as buttons. */
export function DateFilter({ label, value, onChange, range = false, wrong }: DateFilterProps) {
  const t = useMessages(messages);
  const field = useRef<HTMLInputElement>(null);
  const typed = value ? parseRange(value) : undefined;
  const options = typed?.kind === 'ambiguous' ? typed.options.map((d) => formatDate(d) ?? d) : [];
  const error =
    options.length > 0
      ? t('ambiguousDate')
      : wrong
        ? t(range ? 'dateWrong' : 'updatedWrong')
        : undefined;
  return (
    <div>
      <TextField
        ref={field}
        label={label}
        placeholder={range ? t('dateExample') : undefined}
        value={value}
        maxLength={60}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className={styles.options}>
        {options.map((option) => (
          <Button
            key={option}
            onClick={() => {
              onChange(option);
              field.current?.focus(); // the focused button is removed
            }}
          >
            {option}
          </Button>
        ))}
      </div>
    </div>
  );
}
