import { formatDate, localDay } from '#fhir/dates/dates.ts';
import type { Point } from './trend-model.ts';

/** Returns the day of a point in the local time zone, as the table shows it. */
export const pointDay = (point: Point | undefined): string | undefined =>
  formatDate(localDay(point?.date));
