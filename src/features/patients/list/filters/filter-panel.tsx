import { useEffect, useRef } from 'react';
import { useCapability } from '#data/capability.ts';
import type { Capability } from '#fhir/permissions/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { SelectField, TextField } from '#ui/field/field.tsx';
import { SkeletonLine } from '#ui/states/skeleton.tsx';
import { useTerm } from '../terms/terms.ts';
import { DateFilter } from './date-filter.tsx';
import { FILTERS, readFilters, type Filter, type FilterValues } from './filter-params.ts';
import { messages } from './messages.ts';
import styles from './filters.module.css';

export interface FilterPanelProps {
  values: FilterValues;
  /** The applied filters, which the visible rows match; undefined if none is applied. */
  inForce: FilterValues | undefined;
  onChange: (values: FilterValues) => void;
  /** Number of times "Search" was pressed; from the first time on, errors are shown. */
  attempts: number;
}

interface Changed {
  target: { value: string };
}

const GENDERS = ['female', 'male', 'other', 'unknown'] as const;
const STATUSES = [
  ['active', 'active', 'statusActive'],
  ['inactive', 'active', 'statusInactive'],
  ['living', 'deceased', 'statusLiving'],
  ['deceased', 'deceased', 'statusDeceased'],
] as const;

const filled = (values: FilterValues = {}): string =>
  JSON.stringify(FILTERS.flatMap((key) => (values[key] ? [[key, values[key]]] : [])));

/** Whether the server may search conditions by code and by patient, as the filter needs. */
function conditionsServed(server: Capability): boolean {
  return (
    server.interaction('Condition', 'search-type') !== false &&
    server.searchParam('Condition', 'code') !== false &&
    server.searchParam('Condition', 'patient') !== false
  );
}

/**
 * Shows each filter unless the server's capability statement denies its parameter. Without a
 * statement, or with a silent one, the filter is offered and the list reports ignored parameters.
 */
export function FilterPanel({ values, inForce, onChange, attempts }: FilterPanelProps) {
  const t = useMessages(messages);
  const term = useTerm();
  const { capability, pending } = useCapability();
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (attempts > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  if (pending) return <SkeletonLine />;
  const has = (param: string): boolean => capability?.searchParam('Patient', param) !== false;
  const set = (key: Filter, value: string): void => onChange({ ...values, [key]: value });
  const field = (key: Filter, label: string) => ({
    label,
    value: values[key] ?? '',
    onChange: (event: Changed) => set(key, event.target.value),
  });
  const text = { spellCheck: false, maxLength: 200 };
  const wrong = attempts > 0 ? readFilters(values).wrong : [];
  const errorOf = (key: Filter, message: 'ageWrong' | 'idWrong') =>
    wrong.includes(key) ? t(message) : undefined;
  const date = (key: 'birthDate' | 'updated') => ({
    value: values[key] ?? '',
    onChange: (value: string) => set(key, value),
    wrong: wrong.includes(key),
  });
  const any = { value: '', label: t('any') };
  const statuses = STATUSES.filter(([, param]) => has(param));

  return (
    <div className={styles.filters} ref={ref}>
      {has('family') && <TextField {...field('family', term('family'))} {...text} />}
      {has('given') && <TextField {...field('given', term('given'))} {...text} />}
      {has('birthdate') && (
        <>
          <DateFilter {...date('birthDate')} label={term('birthdate')} range />
          <div className={styles.pair}>
            {(['ageFrom', 'ageTo'] as const).map((key) => (
              <TextField
                key={key}
                {...field(key, t(key))}
                inputMode="numeric"
                maxLength={3}
                placeholder={t('years')}
                error={errorOf(key, 'ageWrong')}
              />
            ))}
          </div>
        </>
      )}
      {has('gender') && (
        <SelectField
          {...field('gender', term('gender'))}
          options={[any, ...GENDERS.map((value) => ({ value, label: t(value) }))]}
        />
      )}
      {has('identifier') && <TextField {...field('identifier', term('identifier'))} {...text} />}
      {has('phone') && <TextField {...field('phone', term('phone'))} {...text} inputMode="tel" />}
      {has('email') && <TextField {...field('email', term('email'))} {...text} inputMode="email" />}
      {has('address') && <TextField {...field('address', term('address'))} {...text} />}
      {statuses.length > 0 && (
        <SelectField
          {...field('status', term('active'))}
          options={[any, ...statuses.map(([value, , id]) => ({ value, label: t(id) }))]}
        />
      )}
      {(!capability || conditionsServed(capability)) && (
        <TextField
          {...field('condition', term('_has'))}
          {...text}
          title={t('conditionHint')}
          placeholder={t('codeExample')}
        />
      )}
      {has('_lastUpdated') && <DateFilter {...date('updated')} label={t('updatedSince')} />}
      {has('_tag') && (
        <TextField {...field('tag', term('_tag'))} {...text} placeholder={t('codeExample')} />
      )}
      {has('_id') && (
        <TextField
          {...field('id', term('_id'))}
          {...text}
          maxLength={2000}
          error={errorOf('id', 'idWrong')}
        />
      )}
      <p className={styles.unsaid} role="status">
        {filled(values) !== filled(inForce) && t('notApplied')}
      </p>
      {!capability?.searchParams('Patient').size && <p className={styles.unsaid}>{t('unsaid')}</p>}
    </div>
  );
}
