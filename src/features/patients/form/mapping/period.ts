import { parseTypedDate } from '#fhir/dates/date-parse.ts';
import { parseDate } from '#fhir/dates/dates.ts';
import { draft, setElement, setPrimitive, type Draft } from './edit-element.ts';

interface InUse {
  readonly start: string;
  readonly end: string;
}

/** Returns typed text as a FHIR date; undefined if it is not a date or is ambiguous. */
export function typedDate(typed: string): string | undefined {
  const date = parseTypedDate(typed.trim());
  return date?.kind === 'date' ? date.value : undefined;
}

/** Writes the edited start or end of a period; an edited date loses its recorded time of day. */
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

/** Returns the problem of a typed period; dates are compared at the precision that both have. */
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
