import type { Patient, Reference } from 'fhir/r4';
import { addDays, ageOn, daysBetween, instant } from '../calendar.ts';
import { practitionerReference, practitioners } from '../places.ts';
import { createRandom, seedFor, type Random } from '../random.ts';

/** A visit to which the other records of a chart refer. */
export interface Visit {
  id: string;
  /** FHIR date */
  date: string;
  hour: number;
  age: number;
  inpatientDays: number;
  practitioner: Reference;
}

/** The input that all makers of a chart's records share. */
export interface ChartContext {
  r: Random;
  patient: Patient;
  subject: Reference;
  /** Position among the charts, from 1. */
  index: number;
  now: string;
  birthDate: string;
  /** Age today, or at death. */
  age: number;
  /** First and last day on which the chart may have records. */
  first: string;
  last: string;
  visits: readonly Visit[];
}

const fullDate = (date: string | undefined): string | undefined =>
  date !== undefined && date.length >= 10 ? date.slice(0, 10) : undefined;

/** Returns a context with visits over up to nine years, none before birth or after death. */
export function chartContext(
  seed: number,
  patient: Patient,
  index: number,
  now: string,
): ChartContext {
  const r = createRandom(seedFor(seed, `chart-${patient.id}`));
  const birthDate = fullDate(patient.birthDate) ?? addDays(now, -15_000);
  const last = fullDate(patient.deceasedDateTime) ?? now;
  const nineYears = addDays(last, -3_285);
  const first = birthDate > nineYears ? birthDate : nineYears;
  const span = Math.max(1, daysBetween(first, last));
  const visits = Array.from(
    { length: Math.min(r.int(6, 16), Math.max(2, Math.floor(span / 20))) },
    () => r.int(0, span),
  )
    .sort((a, b) => a - b)
    .map((offset, n): Visit => {
      const date = addDays(first, offset);
      return {
        id: `${patient.id}-encounter-${n + 1}`,
        date,
        hour: r.int(8, 17),
        age: ageOn(birthDate, date),
        inpatientDays: r.chance(0.12) ? r.int(1, 9) : 0,
        practitioner: practitionerReference(r.pick(practitioners)),
      };
    });
  return {
    r,
    patient,
    subject: {
      reference: `Patient/${patient.id}`,
      display:
        patient.name?.[0]?.text ??
        [...(patient.name?.[0]?.given ?? []), patient.name?.[0]?.family ?? ''].join(' '),
    },
    index,
    now,
    birthDate,
    age: ageOn(birthDate, last),
    first,
    last,
    visits,
  };
}

/** Returns the date, or the last day of the chart when the date is later. */
export const within = (context: ChartContext, date: string): string =>
  date > context.last ? context.last : date;

export const meta = (date: string, hour = 18): { versionId: string; lastUpdated: string } => ({
  versionId: '1',
  lastUpdated: instant(date, hour),
});

export const encounterReference = (visit: Visit): Reference => ({
  reference: `Encounter/${visit.id}`,
});
