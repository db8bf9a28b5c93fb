import { Fieldset } from '#ui/field-group.tsx';
import { useMessages } from '#i18n/provider.tsx';
import { Choice, Text, useOptions } from './fields.tsx';
import { messages } from './messages.ts';

/** Two-digit months, as a FHIR date has them. */
export const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

/**
 * A date by day, month in words and year, so that 3/4 is never read the wrong way round. Year
 * alone, or month and year, is a partial date.
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
    <Fieldset legend={legend} hint={t('dateHint')} row>
      <Text path={`${path}.day`} label={t('day')} inputMode="numeric" maxLength={2} size={3} />
      <Choice
        path={`${path}.month`}
        label={t('month')}
        options={months}
        empty={t('monthUnknown')}
      />
      <Text path={`${path}.year`} label={t('year')} inputMode="numeric" maxLength={4} size={5} />
    </Fieldset>
  );
}
