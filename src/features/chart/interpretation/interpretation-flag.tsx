import type { Interpretation, Level } from '#fhir/observation/observation-interpretation.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import type { IconName } from '#ui/icon.tsx';
import { messages } from './messages.ts';

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
 * Shows the laboratory's interpretation of a value as words with an icon, never colour alone. The
 * text recorded with the code is added, unless it repeats the word in the page's language or HL7's.
 */
export function InterpretationFlag({ value }: { value: Interpretation }) {
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
        {/* HL7's "intermediate" has another meaning in EUCAST: its recorded text is shown alone. */}
        {code === 'I' && own ? undefined : word}
        {word && own && code !== 'I' && ' · '}
        {own && <bdi>{own}</bdi>}
      </span>
    </Flag>
  );
}
