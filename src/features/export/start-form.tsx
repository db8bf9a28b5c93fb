import { useQuery } from '@tanstack/react-query';
import type { Group } from 'fhir/r4';
import { useId, useState, type RefObject, type SubmitEvent } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import type { ExportLevel, ExportRequest } from '#fhir/bulk-export/bulk-export-url.ts';
import { useMessages } from '#i18n/provider.tsx';
import { number, text } from '#lib/narrow.ts';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { CheckboxField, Fieldset } from '#ui/field/field-group.tsx';
import { TextField } from '#ui/field/field.tsx';
import { Section } from '#ui/page.tsx';
import { readForm, type FieldName, type Problems } from './form-values.ts';
import { mayHaveStarted } from './job-keeper.ts';
import { messages } from './messages.ts';
import { SINCE_INPUTS, SinceFields } from './since-fields.tsx';
import styles from './export.module.css';

const LEVELS = ['Patient', 'Group', 'system'] as const;
/** Fields in display order, each with the input that gets the focus on an error. */
const FIELDS = {
  group: 'group',
  types: 'types',
  since: SINCE_INPUTS.day,
  container: 'container',
} as const satisfies Record<FieldName, string>;
const NAMES = Object.keys(FIELDS) as FieldName[];

export interface StartFormProps {
  levels: readonly ExportLevel[];
  starting: boolean;
  /** Error of the last attempt. */
  error: unknown;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onStart: (request: ExportRequest) => void;
}

/** Form that selects what to export and starts the export. */
export function StartForm({ levels, starting, error, headingRef, onStart }: StartFormProps) {
  const t = useMessages(messages);
  const [level, setLevel] = useState<ExportLevel>(
    () => LEVELS.find((l) => levels.includes(l)) ?? 'Patient',
  );
  const [problems, setProblems] = useState<Problems>({});

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (starting) return;
    const input = (name: string): HTMLInputElement | HTMLSelectElement | undefined => {
      const found = event.currentTarget.elements.namedItem(name);
      const known = found instanceof HTMLInputElement || found instanceof HTMLSelectElement;
      return known ? found : undefined;
    };
    const value = (name: string): string =>
      // An incomplete time has no value, and would silently mean midnight.
      input(name)?.validity.badInput ? 'incomplete' : (input(name)?.value ?? '');
    const read = readForm({
      level,
      group: value('group'),
      types: value('types'),
      since: {
        day: value(SINCE_INPUTS.day),
        month: value(SINCE_INPUTS.month),
        year: value(SINCE_INPUTS.year),
        time: value(SINCE_INPUTS.time),
      },
      container: value('container'),
    });
    if ('request' in read) {
      setProblems({});
      onStart(read.request);
    } else {
      setProblems(read.problems);
      const first = NAMES.find((name) => read.problems[name]);
      if (first) input(FIELDS[first])?.focus();
    }
  };
  const wrong = (name: FieldName): string | undefined => {
    const problem = problems[name];
    return problem && t(problem.id, { type: 'type' in problem ? problem.type : undefined });
  };

  return (
    <Section heading={t('newExport')} headingRef={headingRef}>
      {error !== undefined && (
        <>
          <ErrorAlert error={error} />
          {mayHaveStarted(error) && <p>{t('mayHaveStarted')}</p>}
        </>
      )}
      <form className={styles.form} onSubmit={submit} noValidate>
        <Fieldset legend={t('level')}>
          {LEVELS.map((l) => (
            <CheckboxField
              key={l}
              type="radio"
              name="level"
              label={t(`level.${l}`)}
              hint={levels.includes(l) ? undefined : t('levelNotDeclared')}
              disabled={!levels.includes(l)}
              checked={level === l}
              onChange={() => setLevel(l)}
            />
          ))}
        </Fieldset>
        {level === 'Group' && <GroupField error={wrong('group')} />}
        <TextField
          name="types"
          label={t('types')}
          optional={t('optional')}
          hint={t('typesHint')}
          error={wrong('types')}
          spellCheck={false}
          autoCapitalize="none"
        />
        <SinceFields error={wrong('since')} />
        <TextField
          name="container"
          label={t('container')}
          optional={t('optional')}
          hint={t('containerHint')}
          error={wrong('container')}
          spellCheck={false}
          autoCapitalize="none"
        />
        <div>
          <Button type="submit" variant="primary" busy={starting}>
            {t(starting ? 'starting' : 'start')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Field for the id of a group, which suggests the server's groups if it lists them. */
function GroupField({ error }: { error: string | undefined }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const listId = useId();
  const params = { _count: 50, _elements: 'name,quantity' };
  const { data } = useQuery(searchQuery(fhir, 'Group', params));
  const label = (group: Group): string => {
    const name = text(group.name) ?? '';
    const n = number(group.quantity);
    return n === undefined ? name : t('groupMembers', { name, n });
  };
  return (
    <>
      <TextField
        name="group"
        label={t('group')}
        hint={t('groupHint')}
        error={error}
        list={listId}
        required
        spellCheck={false}
        autoCapitalize="none"
      />
      <datalist id={listId}>
        {data?.items.map((group) => (
          <option key={group.id} value={group.id}>
            {label(group)}
          </option>
        ))}
      </datalist>
    </>
  );
}
