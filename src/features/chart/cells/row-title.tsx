import { bodySites } from '#fhir/values/body-site.ts';
import { icdQualifiers } from '#fhir/values/icd-10-gm.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { conceptWords, Lines } from './cells.tsx';
import { messages } from '../messages.ts';
import type { T } from '../panel.ts';

interface OfWhat {
  readonly code?: unknown;
  readonly bodySite?: unknown;
}

/** Returns the concept of a record and its body sites: the side of the body must not get lost. */
export function rowTitleTexts(of: OfWhat, t: T): readonly string[] {
  const { side } = icdQualifiers(of.code);
  return [conceptWords(of.code, t), side && t(`side.${side}`), ...bodySites(of)].filter(
    (words) => words !== undefined,
  );
}

/** Returns the {@link rowTitleTexts} in one line. */
export const rowTitle = (of: OfWhat, t: T): string => listText(rowTitleTexts(of, t));

/** Shows the {@link rowTitleTexts} in the cell that names a row. */
export function RowTitle({ of }: { of: OfWhat }) {
  return <Lines lines={rowTitleTexts(of, useMessages(messages))} />;
}
