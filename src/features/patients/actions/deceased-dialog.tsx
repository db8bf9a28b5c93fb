import type { Patient } from 'fhir/r4';
import { useId, useState } from 'react';
import { formatDate, today } from '#fhir/dates/dates.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Fieldset } from '#ui/field/field-group.tsx';
import { SelectField, TextField } from '#ui/field/field.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages as formMessages } from '../form/messages.ts';
import { dateProblem, isBefore, joinDate, splitDate } from '../form/fields/date-parts.ts';
import { MONTHS } from '../form/fields/codes.ts';
import type { DateParts } from '../form/model.ts';
import { messages as recordChangedMessages } from './record-changed/messages.ts';
import { dayOfDeath, deathBetween, saysDeath, withDeath, type Between } from './death.ts';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionProps } from './actions.ts';
import { messages } from './messages.ts';
import { useRecordAction } from './use-record-action.ts';
import { useOptions } from '../form/fields/use-options.ts';

type Problem = 'incomplete' | 'impossible' | 'future' | 'year' | 'beforeBirth';

function problemOf(date: DateParts, birthDate: string | undefined): Problem | undefined {
  const problem = dateProblem(date, today());
  return problem ?? (isBefore(date, splitDate(birthDate)) ? 'beforeBirth' : undefined);
}

/** Returns the date part that the user must correct first. */
function wrongPart(problem: Problem, { year, month }: DateParts): keyof DateParts {
  if (problem === 'impossible') return 'day'; // months are chosen from a list
  return problem === 'incomplete' && year.trim() && !month ? 'month' : 'year';
}

/**
 * Marks a patient as deceased, with the date as far as it is known; for a deceased patient, changes
 * the date or removes the mark. The choice is kept even if another user changes the record.
 */
export function DeceasedDialog(props: ActionProps) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const a = useMessages(recordChangedMessages);
  const action = useRecordAction(props);
  const { resource } = action.opened;
  const [date, setDate] = useState(() => splitDate(resource.deceasedDateTime));
  const [problem, setProblem] = useState<Problem>();
  const [between, setBetween] = useState<{ readonly what: Between; readonly mine: DateParts }>();
  const name = displayName(resource).text ?? t('nameNotKnown');
  const isDead = (p: Patient): boolean => patientStatus(p).deceased !== undefined;
  const again = isDead(props.opened.resource);
  const months = useOptions('month', MONTHS);
  const id = useId();
  const dayText = (day: string | undefined): string => formatDate(day) ?? a('noDate');

  const save = (
    kind: 'date' | 'yes' | 'no',
    done: 'deceasedDone' | 'deathDateDone' | 'aliveDone',
  ): void => {
    const death = { kind, date, again: isDead(resource) };
    action.save({
      make: (patient) => withDeath(patient, death),
      isDone: (patient) => saysDeath(patient, death),
      said: t(done, { name }),
      onChangedElsewhere: (newer) => {
        const what = deathBetween(resource, newer);
        setBetween({ what, mine: date });
        setProblem(undefined);
        if (what === 'theirs') setDate(splitDate(newer.deceasedDateTime));
      },
    });
  };
  const confirm = (): void => {
    const wrong = problemOf(date, resource.birthDate);
    setProblem(wrong);
    if (wrong) return;
    save(date.year.trim() ? 'date' : 'yes', again ? 'deathDateDone' : 'deceasedDone');
  };
  const set = (part: keyof DateParts) => (event: { currentTarget: { value: string } }) =>
    setDate({ ...date, [part]: event.currentTarget.value });
  const wrong = problem && wrongPart(problem, date);
  const field = (part: keyof DateParts) => ({
    value: date[part],
    onChange: set(part),
    ...(part === wrong && { 'aria-invalid': true, 'aria-describedby': `${id}-error` }),
  });

  return (
    <ActionDialog
      action={action}
      title={t(again ? 'deathDateTitle' : 'deceasedTitle', { name })}
      confirm={t(again ? 'deathDateSave' : 'deceased')}
      other={again && { label: t('alive'), onChoose: () => save('no', 'aliveDone') }}
      barred={between?.what === 'taken-away' && a('noLongerDeceased')}
      onConfirm={confirm}
    >
      {between?.what === 'theirs' && (
        <Notice
          tone="warning"
          title={a('deathTheirs', {
            theirs: dayText(dayOfDeath(resource)),
            mine: dayText(joinDate(between.mine)),
          })}
        />
      )}
      <p>{t(again ? 'aliveText' : 'deceasedText')}</p>
      <Fieldset
        id={id}
        legend={t('deathDate')}
        hint={t('deathHint')}
        error={problem && t(`problem.${problem}`)}
        row
      >
        <TextField label={f('day')} {...field('day')} inputMode="numeric" maxLength={2} size={3} />
        <SelectField
          label={f('month')}
          {...field('month')}
          options={[{ value: '', label: f('monthUnknown') }, ...months]}
        />
        <TextField
          label={f('year')}
          {...field('year')}
          inputMode="numeric"
          maxLength={4}
          size={5}
        />
      </Fieldset>
    </ActionDialog>
  );
}
