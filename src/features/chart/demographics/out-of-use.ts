import { coversDay, endedBefore, today } from '#fhir/dates/dates.ts';

/** Returns why an element with `use` and `period` is not in use on a day; undefined if it is. */
export function outOfUse(
  item: { readonly use?: unknown; readonly period?: unknown },
  day: string = today(),
): 'noLongerInUse' | 'notYetInUse' | undefined {
  if (item.use === 'old' || endedBefore(item.period, day)) return 'noLongerInUse';
  return coversDay(item.period, day) ? undefined : 'notYetInUse';
}
