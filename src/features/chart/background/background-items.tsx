import { backgrounds, type Background } from '#fhir/patient/us-core.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Item } from '#ui/description-list.tsx';
import { RestrictedFlag } from '../demographics/restricted-flag.tsx';
import { messages, type T } from './messages.ts';

/** Returns texts such as `Mixed (White, Asian)` or `Navajo Nation (enrolled)`. */
function words({ said, values, enrolled }: Background, t: T): string {
  const categories = listText(values.map(({ text, code }) => (code ? t(`said.${code}`) : text)));
  const shown = said && categories ? `${said} (${categories})` : (said ?? categories);
  if (enrolled === undefined) return shown;
  return t(enrolled ? 'enrolled' : 'notEnrolled', { tribe: shown });
}

/** Shows race, ethnicity and tribes, where US Core's extensions record them. */
export function BackgroundItems({ patient }: { patient: unknown }) {
  const t = useMessages(messages);
  return backgrounds(patient).map((background, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the data has no keys of its own
    <Item key={index} label={t(`kind.${background.kind}`)}>
      <bdi>{words(background, t)}</bdi> <RestrictedFlag of={background.source} />
    </Item>
  ));
}
