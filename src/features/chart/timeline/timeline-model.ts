import { localDay, parseDate } from '#fhir/dates/dates.ts';
import type { FhirResource } from '#fhir/types.ts';
import { text } from '#lib/narrow.ts';
import { lineOf } from '../cells/line-of.tsx';
import { startOf } from '../cells/local-day.ts';
import type { Came, Find, Panel, PanelLine, T } from '../panel.ts';

export interface TimelineEntry extends PanelLine {
  readonly key: string;
  readonly panel: Panel;
  readonly withdrawn: boolean;
  readonly resource: FhirResource;
}

export interface TimelineYear {
  /** Undefined for entries without a date. */
  readonly year: number | undefined;
  readonly entries: readonly TimelineEntry[];
}

/**
 * Merges the panels by date, newest first, in groups of a year. A partial date sorts to the start
 * of its period; entries without a date come last, so that nothing is hidden.
 */
export function timeline(
  parts: readonly {
    readonly panel: Panel;
    readonly items: readonly FhirResource[];
    readonly find?: Find;
    readonly came?: Came;
  }[],
  t: T,
): readonly TimelineYear[] {
  const entries = parts.flatMap(({ panel, items, find = () => undefined, came }) =>
    items.map((resource): TimelineEntry => {
      const line = lineOf(panel, resource, t, find, came);
      return {
        ...line,
        date: text(line.date), // a server may send a number
        key: `${resource.resourceType}/${resource.id ?? ''}`,
        panel,
        withdrawn: panel.withdrawn(resource),
        resource,
      };
    }),
  );
  // A result without a standard category may be in two panels; it is one event.
  const seen = new Set<string>();
  const once = entries.filter(({ key, resource }) => {
    const first = resource.id === undefined || !seen.has(key);
    seen.add(key);
    return first;
  });
  const at = new Map(once.map((entry) => [entry, startOf(entry.date) ?? -Infinity]));
  const sorted = once.toSorted((a, b) => {
    const [x, y] = [at.get(a) ?? 0, at.get(b) ?? 0];
    return x === y ? 0 : y - x;
  });
  const years = new Map<number | undefined, TimelineEntry[]>();
  for (const entry of sorted) {
    const year = parseDate(localDay(entry.date))?.year;
    const group = years.get(year);
    if (group) group.push(entry);
    else years.set(year, [entry]);
  }
  return [...years]
    .map(([year, group]) => ({ year, entries: group }))
    .toSorted((a, b) => (b.year ?? -1) - (a.year ?? -1));
}
