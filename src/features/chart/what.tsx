import { bodySites } from '#fhir/body-site.ts';
import { codedText } from '#fhir/coded/coded-text.ts';
import { icdQualifiers } from '#fhir/icd-10-gm.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Lines } from './cells.tsx';
import { messages } from './messages.ts';
import type { T } from './panel.ts';

interface OfWhat {
  readonly code?: unknown;
  readonly bodySite?: unknown;
}

/** What a record is about, and of which part of the body: a side must not get lost. */
export function whatTexts(of: OfWhat, t: T): readonly string[] {
  const { side } = icdQualifiers(of.code);
  return [codedText(of.code), side && t(`side.${side}`), ...bodySites(of)].filter(
    (words) => words !== undefined,
  );
}

/** As {@link whatTexts}, in one line. */
export const whatText = (of: OfWhat, t: T): string => listText(whatTexts(of, t));

/** As {@link whatTexts}, in the cell that names a row. */
export function What({ of }: { of: OfWhat }) {
  return <Lines lines={whatTexts(of, useMessages(messages))} />;
}
