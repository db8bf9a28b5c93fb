import type { Measurement } from '#fhir/observation/observation.ts';
import { useMessages } from '#i18n/provider.tsx';
import { absentWord, Lines, Missing } from '../cells/cells.tsx';
import { InterpretationFlag } from '../interpretation/interpretation-flag.tsx';
import { LongText } from '../cells/long-text.tsx';
import { messages } from '../messages.ts';
import styles from '../cells/cells.module.css';

/** Shows measured values with their interpretations. */
export function Measurements({
  values,
  instead,
}: {
  values: readonly Measurement[];
  /** Text for an observation that needs no value, such as a panel. */
  instead?: string | undefined;
}) {
  const t = useMessages(messages);
  const words = (value: string | boolean | undefined): string | undefined =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value;
  return (
    <Lines
      lines={values.map(({ label, value, absent, unsaid, interpretations }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have no identity of their own
        <div className={styles.measured} key={index}>
          {label && <span className={styles.label}>{label}</span>}
          {(value !== undefined || label !== undefined || absent || unsaid || values.length < 2) &&
            (value === undefined ? (
              <strong>
                <Missing>
                  {unsaid
                    ? t('cannotShow', { type: unsaid })
                    : absent
                      ? absentWord(absent, t)
                      : (instead ?? t('noValue'))}
                </Missing>
              </strong>
            ) : (
              <LongText strong text={words(value)} />
            ))}
          {interpretations.map((said) => (
            <InterpretationFlag key={`${said.of} ${said.code} ${said.text}`} value={said} />
          ))}
        </div>
      ))}
    />
  );
}
