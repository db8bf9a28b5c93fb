import { list, record, text, texts } from '#lib/narrow.ts';
import { today } from '../dates/dates.ts';
import { inUse, type InUse } from './patient.ts';

export interface ShownAddress extends InUse {
  /** Lines to show one below the other. */
  readonly lines: readonly string[];
}

/** Returns the addresses of a patient or contact, current ones before old ones. */
export function addresses(holder: unknown, day: string = today()): readonly ShownAddress[] {
  return list(record(holder)['address'])
    .flatMap((value): ShownAddress[] => {
      const a = typeof value === 'string' ? { text: value } : record(value);
      const town = [text(a['postalCode']), text(a['city'])].filter(Boolean).join(' ');
      const parts = [...texts(a['line']), town, text(a['district']), text(a['state'])];
      const lines = [...parts, text(a['country'])].filter((t): t is string => Boolean(t));
      const written = text(a['text'])?.split(/\r?\n/) ?? [];
      const shown = lines.length > 0 ? lines : written;
      return shown.length > 0 ? [{ lines: shown, ...inUse(a, day) }] : [];
    })
    .toSorted((a, b) => Number(a.old) - Number(b.old));
}
