import { formatDate } from '#fhir/dates/dates.ts';
import { localDay } from '../cells/local-day.ts';
import type { Point } from './trend-model.ts';

/** The day of a point where the person sits, as in the table. */
export const pointDay = (point: Point | undefined): string | undefined =>
  formatDate(localDay(point?.date));
