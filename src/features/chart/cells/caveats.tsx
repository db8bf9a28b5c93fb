import { caveats, type Caveat } from '#fhir/caveats/caveats.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import type { IconName } from '#ui/icon.tsx';
import { messages } from '../messages.ts';
import type { MessageId } from '../panel.ts';

const FLAGS: Readonly<Record<Caveat, readonly [Tone, IconName, MessageId, MessageId]>> = {
  modified: ['danger', 'warning', 'modified', 'modifiedTip'],
  withheld: ['warning', 'warning', 'withheld', 'withheldTip'],
  narrative: ['warning', 'info', 'narrative', 'narrativeTip'],
  restricted: ['warning', 'lock', 'flagRestricted', 'restrictedTip'],
};

/** Shows one caveat as a flag with text. */
export function CaveatFlag({ caveat }: { caveat: Caveat }) {
  const t = useMessages(messages);
  const [tone, icon, words, tip] = FLAGS[caveat];
  return (
    <span title={t(tip)}>
      <Flag tone={tone} icon={icon}>
        {t(words)}
      </Flag>
    </span>
  );
}

/** Shows the caveats of a record, such as modifiers that change the meaning of its values. */
export function Caveats({ of }: { of: unknown }) {
  return (
    <>
      {caveats(of).map((caveat) => (
        <div key={caveat}>
          <CaveatFlag caveat={caveat} />
        </div>
      ))}
    </>
  );
}
