import { parseTypedDate } from '#fhir/date-parse.ts';
import { formatDate } from '#fhir/dates.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { SelectField, TextField } from '#ui/field.tsx';
import type { Criteria } from './criteria.ts';
import { messages } from './messages.ts';
import styles from './list.module.css';

export interface FiltersProps {
  draft: Criteria;
  onChange: (draft: Criteria) => void;
  /** "Search" was pressed: what is wrong may be said now. */
  checked: boolean;
}

interface Changed {
  target: { value: string };
}

/** The filters one by one. */
export function Filters({ draft, onChange, checked }: FiltersProps) {
  const t = useMessages(messages);
  const field = (key: 'family' | 'given' | 'gender' | 'identifier' | 'phone' | 'status') => ({
    label: t(key),
    value: draft[key] ?? '',
    onChange: (event: Changed) => onChange({ ...draft, [key]: event.target.value }),
  });
  const text = { spellCheck: false, maxLength: 200 };
  const any = { value: '', label: t('any') };
  return (
    <div className={styles.filters}>
      <TextField {...field('family')} {...text} />
      <TextField {...field('given')} {...text} />
      <BirthDateFilter draft={draft} onChange={onChange} checked={checked} />
      <SelectField
        {...field('gender')}
        options={[
          any,
          { value: 'female', label: t('female') },
          { value: 'male', label: t('male') },
          { value: 'other', label: t('other') },
          { value: 'unknown', label: t('unknown') },
        ]}
      />
      <TextField {...field('identifier')} {...text} />
      <TextField {...field('phone')} {...text} inputMode="tel" />
      <SelectField
        {...field('status')}
        options={[
          any,
          { value: 'active', label: t('statusActive') },
          { value: 'inactive', label: t('statusInactive') },
          { value: 'living', label: t('statusLiving') },
          { value: 'deceased', label: t('statusDeceased') },
        ]}
      />
    </div>
  );
}

function BirthDateFilter({ draft, onChange, checked }: FiltersProps) {
  const t = useMessages(messages);
  const typed = draft.birthDate ? parseTypedDate(draft.birthDate) : undefined;
  const options = typed?.kind === 'ambiguous' ? typed.options.map((d) => formatDate(d) ?? d) : [];
  const wrong = checked && Boolean(draft.birthDate) && typed === undefined;
  return (
    <div>
      <TextField
        label={t('birthDate')}
        placeholder={t('birthDateHint')}
        value={draft.birthDate ?? ''}
        maxLength={40}
        error={wrong ? t('birthDateWrong') : options.length > 0 ? t('ambiguousDate') : undefined}
        onChange={(event) => onChange({ ...draft, birthDate: event.target.value })}
      />
      <div className={styles.options}>
        {options.map((option) => (
          <Button key={option} onClick={() => onChange({ ...draft, birthDate: option })}>
            {option}
          </Button>
        ))}
      </div>
    </div>
  );
}
