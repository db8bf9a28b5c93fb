import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { SelectField } from '#ui/field/field.tsx';
import { messages } from './messages.ts';
import { mergeTests, testsOf, type Test } from './tests-of.ts';
import styles from '../panel-page/panel-page.module.css';

/** Lets the user choose one of the tests seen so far, to show only its results and trend. */
export function TestChoice({
  label,
  observations,
  chosen,
  onChoose,
}: {
  label: string;
  /** Observations of the page on screen. */
  observations: readonly unknown[];
  chosen: Test | undefined;
  onChoose: (test: Test | undefined) => void;
}) {
  const t = useMessages(messages);
  // A test of an earlier page can still be chosen.
  const [known, setKnown] = useState<readonly Test[]>([]);
  const all = mergeTests(known, testsOf(observations));
  if (all !== known) setKnown(all);
  if (known.length < 2) return null;
  return (
    <div className={styles.choice}>
      <SelectField
        label={label}
        value={chosen?.label ?? ''}
        onChange={({ target }) => onChoose(known.find((one) => one.label === target.value))}
        options={[
          { value: '', label: t('all') },
          ...known.map((one) => ({ value: one.label, label: one.label })),
        ]}
      />
    </div>
  );
}
