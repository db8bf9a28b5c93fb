import { useEffect, useState } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { listText } from '#i18n/list.ts';
import { list, record, records, text } from '#lib/narrow.ts';
import { Value } from '../cells/cells.tsx';

/** HL7 table 0074, "diagnostic service section", under its names of R4 and of STU3. */
const TABLE = /\/v2[-/]0074$/;

/** Returns the code of a category that was sent without words, such as `HM`. */
function bareCode(category: unknown): string | undefined {
  const [coding] = records(record(category)['coding']);
  const isBare =
    TABLE.test(text(coding?.['system']) ?? '') && codedText(category) === coding?.['code'];
  return isBare ? text(coding?.['code']) : undefined;
}

type Word = (code: string) => string | undefined;

/**
 * Shows categories of reports and results. Servers send codes of HL7 table 0074 without words: their
 * words are loaded only if there is one, and the code stays if they cannot be loaded.
 */
export function Categories({ of }: { of: unknown }) {
  const [word, setWord] = useState<Word>();
  const codes = list(of).map(bareCode);
  const isWanted = codes.some((code) => code !== undefined);
  useEffect(() => {
    if (!isWanted) return;
    import('./service-word.ts').then(
      ({ serviceWord }) => setWord(() => serviceWord),
      () => undefined,
    );
  }, [isWanted]);
  const words = list(of).map((category, index) => {
    const code = codes[index];
    return (code && word?.(code)) ?? codedText(category);
  });
  return <Value>{listText([...new Set(words.filter((one) => one !== undefined))])}</Value>;
}
