import { parseTypedDate } from '#fhir/dates/date-parse.ts';
import { parseDate } from '#fhir/dates/dates.ts';
import { draft, setElement, setPrimitive, type Draft } from './edit-element.ts';

interface InUse {
  readonly start: string;
  readonly end: string;
}

/** The FHIR date that was typed; undefined where it is none, or could be several. */
export function typedDate(typed: string): string | undefined {
  const date = parseTypedDate(typed.trim());
  return date?.kind === 'date' ? date.value : undefined;
}

/** Writes the edited ends of a period; the recorded time of day of an edited end is removed. */
export function setPeriod(item: Draft, before: InUse | undefined, after: InUse): void {
  const period = draft(item['period']);
  for (const end of ['start', 'end'] as const) {
    if ((before?.[end] ?? '') !== after[end]) setPrimitive(period, end, typedDate(after[end]));
  }
  setElement(item, 'period', period);
}

export interface PeriodProblem {
  readonly end: 'start' | 'end';
  readonly id: 'badDate' | 'periodOrder';
}

/** What is wrong with a typed period; a partial date counts with all the days that it may mean. */
export function periodProblem({ start, end }: InUse): PeriodProblem | undefined {
  for (const [which, typed] of Object.entries({ start, end })) {
    if (typed.trim() && typedDate(typed) === undefined) {
      return { end: which as 'start' | 'end', id: 'badDate' };
    }
  }
  const [from, to] = [typedDate(start), typedDate(end)];
  if (!from || !to || !parseDate(from) || !parseDate(to)) return undefined;
  const length = Math.min(from.length, to.length);
  return to.slice(0, length) < from.slice(0, length)
    ? { end: 'end', id: 'periodOrder' }
    : undefined;
}
