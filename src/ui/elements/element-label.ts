import { listText } from '#i18n/list.ts';
import type { Translate } from '#i18n/provider.tsx';
import { messages } from './messages.ts';

export type ElementId = keyof (typeof messages)['en'];

/** Returns the labels of several paths, without duplicates. */
export const elementLabels = (
  paths: readonly string[],
  t: Translate<ElementId>,
): readonly string[] => [...new Set(paths.map((path) => elementLabel(path, t)))];

/**
 * Returns the label of a path such as `name.0.family`: "Name 1, family name". A step without a
 * label is returned unchanged.
 */
export function elementLabel(path: string, t: Translate<ElementId>): string {
  const words: string[] = [];
  for (const step of path.split('.')) {
    if (/^\d+$/.test(step)) {
      const last = words.pop() ?? '';
      words.push(`${last} ${Number(step) + 1}`.trim());
    } else {
      const key = step.replace(/^_/, '');
      words.push(Object.hasOwn(messages.en, key) ? t(key as ElementId) : key);
    }
  }
  return listText(words);
}
