import { useMessages } from '#i18n/provider.tsx';
import type { Option } from '#ui/field/field.tsx';
import { messages } from '../messages.ts';

type MessageId = keyof (typeof messages)['en'];

/** Returns select options whose labels are the catalogue messages `<group>.<code>`. */
export function useOptions(group: string, codes: readonly string[]): readonly Option[] {
  const t = useMessages(messages);
  return codes.map((value) => ({ value, label: t(`${group}.${value}` as MessageId) }));
}
