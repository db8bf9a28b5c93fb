import type { Interpretation, Level } from '#fhir/observation-interpretation.ts';
import type { Measurement } from '#fhir/observation.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import type { IconName } from '#ui/icon.tsx';
import { Lines, Missing } from './cells.tsx';
import { LongText } from './long-text.tsx';
import { messages } from './messages.ts';
import styles from './cells.module.css';

const TONES: Readonly<Record<Level, Tone>> = {
  normal: 'neutral',
  abnormal: 'warning',
  critical: 'danger',
};

function icon({ direction, level, code }: Interpretation): IconName {
  if (direction) return direction === 'high' ? 'sort-ascending' : 'sort-descending';
  if (code === undefined) return 'info';
  return level === 'normal' ? 'check' : 'warning';
}

const equal = (a: string | undefined, b: string | undefined): boolean =>
  a?.toLowerCase() === b?.toLowerCase();

/**
 * What the laboratory says of a value: words with an icon, whatever the colours; and what it wrote
 * beside its code, unless that repeats the word, here or in English as HL7 has it.
 */
function InterpretationFlag({ value }: { value: Interpretation }) {
  const t = useMessages(messages);
  const { code, of, text } = value;
  const id = code && (`interpretation.${code}` as const);
  const word = id && t(id);
  const own = [word, id && messages.en[id]].some((w) => equal(w, text)) ? undefined : text;
  return (
    <Flag tone={TONES[value.level]} icon={icon(value)}>
      <span>
        {of && (
          <>
            <bdi>{of}</bdi>
            {': '}
          </>
        )}
        {/* What HL7 calls intermediate is something else by EUCAST: its words stand alone. */}
        {code === 'I' && own ? undefined : word}
        {word && own && code !== 'I' && ' · '}
        {own && <bdi>{own}</bdi>}
      </span>
    </Flag>
  );
}

/** Measured values with what was said of each. */
export function Measurements({ values }: { values: readonly Measurement[] }) {
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
                  {unsaid ? t('cannotShow', { type: unsaid }) : (absent ?? t('noValue'))}
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
