import { Fieldset } from '#ui/field/field-group.tsx';
import { useMessages } from '#i18n/provider.tsx';
import { MONTHS } from './codes.ts';
import { Choice, Text } from './fields.tsx';
import { messages } from '../messages.ts';
import { useOptions } from './use-options.ts';
import styles from '../form.module.css';

/**
 * Date fields for day, month by name, and year, so that 3/4 is never ambiguous. A year alone, or a
 * month and a year, is a partial date.
 */
export function DateFields({
  path,
  legend,
}: {
  path: 'birthDate' | 'deceased.date';
  legend: string;
}) {
  const t = useMessages(messages);
  const months = useOptions('month', MONTHS);
  return (
    <Fieldset legend={legend} hint={t('dateHint')}>
      <div className={styles.date}>
        <Text path={`${path}.day`} label={t('day')} inputMode="numeric" maxLength={2} size={3} />
        <Choice
          path={`${path}.month`}
          label={t('month')}
          options={months}
          empty={t('monthUnknown')}
        />
        <Text path={`${path}.year`} label={t('year')} inputMode="numeric" maxLength={4} size={5} />
      </div>
    </Fieldset>
  );
}
