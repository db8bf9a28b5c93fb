import { word } from '#i18n/words.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';
import {
  dayNumber,
  dayRange,
  daysInMonth,
  parseDate,
  today,
  type CalendarDate,
} from '../dates/dates.ts';
import { death } from './patient.ts';

/** An age for display. */
export interface Age {
  /**
   * The age in the units of NHS CUI Time Display and the language of the page, such as `61y`,
   * `5y 2m`, `4w 1d` or `3hr`.
   */
  readonly value: string;
  /** True if the birth date or the other day lacks its day or month: show "Approx". */
  readonly approx: boolean;
}

/** Years; a birth date that makes a patient older is more likely a mistake. */
const OLDEST = 130;

type Unit = 'y' | 'm' | 'w' | 'd' | 'hr' | 'min';

const say = (n: number, unit: Unit): string => word(`age.${unit}`, { n });

const join = (...parts: readonly (readonly [number, Unit])[]): string =>
  parts
    .filter(([n]) => n > 0)
    .map(([n, unit]) => say(n, unit))
    .join(' ');

interface Ymd {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Returns the completed years and months, and the days after the last completed month. */
function elapsed(from: Ymd, to: Ymd): { years: number; months: number; days: number } {
  let total = (to.year - from.year) * 12 + (to.month - from.month);
  // A person born on the 31st completes a shorter month on its last day.
  const due = Math.min(from.day, daysInMonth(to.year, to.month));
  if (to.day < due) total -= 1;
  const year = from.year + Math.floor((from.month - 1 + total) / 12);
  const month = ((from.month - 1 + total) % 12) + 1;
  const day = Math.min(from.day, daysInMonth(year, month));
  const days = dayNumber(to.year, to.month, to.day) - dayNumber(year, month, day);
  return { years: Math.floor(total / 12), months: total % 12, days };
}

function whole(d: CalendarDate, end: 'first' | 'last'): Ymd {
  const parsed = parseDate(dayRange(d)[end]);
  return { year: d.year, month: parsed?.month ?? 1, day: parsed?.day ?? 1 };
}

/**
 * Returns the age on a day in completed units (a person of 69 and a half years is `69y`).
 *
 * @param birthDate FHIR date, full or partial
 * @param at FHIR date or dateTime of that day
 * @returns undefined if the birth date is missing, unreadable or after `at`
 */
export function ageAt(birthDate: unknown, at: unknown = today()): Age | undefined {
  const born = parseDate(birthDate);
  const day = parseDate(at);
  if (!born || !day) return undefined;
  const approx = born.day === undefined || day.day === undefined;
  if (dayRange(born).first > dayRange(day).last) return undefined;
  // With partial dates, the lowest possible age is returned: the latest possible birth date counts.
  const to = whole(day, 'last');
  const latest = whole(born, 'last');
  const future = dayRange(born).last > dayRange(day).last;
  const { years, months, days } = future ? { years: 0, months: 0, days: 0 } : elapsed(latest, to);
  if (approx) {
    if (born.month === undefined || day.month === undefined || years >= 18) {
      return { value: years > 0 ? say(years, 'y') : `<${say(1, 'y')}`, approx };
    }
    const value = years < 2 ? join([years * 12 + months, 'm']) : join([years, 'y'], [months, 'm']);
    return { value: value || `<${say(1, 'm')}`, approx };
  }
  if (years >= 18) return { value: say(years, 'y'), approx };
  if (years >= 2) return { value: join([years, 'y'], [months, 'm']), approx };
  if (years >= 1) return { value: join([years * 12 + months, 'm'], [days, 'd']), approx };
  const total =
    dayNumber(to.year, to.month, to.day) - dayNumber(latest.year, latest.month, latest.day);
  if (total < 28) return { value: say(total, 'd'), approx };
  return { value: join([Math.floor(total / 7), 'w'], [total % 7, 'd']), approx };
}

/** Returns the age of a newborn in minutes or hours; undefined from 48 hours, or without a time. */
function hours(birthTime: unknown, now: Date): Age | undefined {
  if (typeof birthTime !== 'string' || !/T\d{2}:\d{2}/.test(birthTime)) return undefined;
  const minutes = Math.floor((now.getTime() - new Date(birthTime).getTime()) / 60_000);
  if (!(minutes >= 0)) return undefined;
  if (minutes < 120) return { value: say(minutes, 'min'), approx: false };
  if (minutes < 48 * 60) return { value: say(Math.floor(minutes / 60), 'hr'), approx: false };
  return undefined;
}

/** Returns the extension of the birth date whose URL has a certain ending. */
function ofBirthDate(patient: Json, ending: string): Json | undefined {
  return records(record(patient['_birthDate'])['extension']).find(({ url }) =>
    text(url)?.endsWith(ending),
  );
}

/**
 * Returns how accurate the day, month and year of a birth date are, in this order: `A` accurate,
 * `E` estimated, `U` unknown. Undefined if all are accurate or the accuracy is not recorded.
 *
 * @see
 *   https://build.fhir.org/ig/hl7au/au-fhir-base/StructureDefinition-date-accuracy-indicator.html
 */
export function birthDateGuess(patient: unknown): string | undefined {
  const found = ofBirthDate(record(patient), 'date-accuracy-indicator');
  const { code } = record(found?.['valueCoding']);
  return /^(?!AAA)[AEU]{3}$/.exec(String(code))?.[0];
}

/** Returns the accurate part of a birth date: the whole date, year and month, or only the year. */
function knownPart(patient: Json): unknown {
  const born = text(patient['birthDate']);
  const guess = birthDateGuess(patient);
  return guess ? born?.slice(0, guess.endsWith('U') ? 0 : guess.endsWith('AA') ? 7 : 4) : born;
}

/**
 * Returns the age to show for a patient: the current age, or the age at death. Undefined for a
 * patient who died on an unknown day, because any age shown would be wrong.
 */
export function patientAge(
  patient: unknown,
  now: Date = new Date(),
): (Age & { readonly atDeath: boolean }) | undefined {
  const p = record(patient);
  const died = death(p);
  const born = knownPart(p);
  const age = died
    ? died.date && ageAt(born, died.date)
    : (hours(ofBirthDate(p, 'patient-birthTime')?.['valueDateTime'], now) ??
      ageAt(born, today(now)));
  return age ? { ...age, atDeath: Boolean(died) } : undefined;
}

/** Returns what is doubtful about a birth date; undefined if nothing is. */
export function birthDateProblem(
  birthDate: unknown,
  day: string = today(),
): 'invalid' | 'future' | 'implausible' | undefined {
  if (birthDate === undefined || birthDate === null || birthDate === '') return undefined;
  const born = parseDate(birthDate);
  if (!born) return 'invalid';
  if (dayRange(born).first > day) return 'future';
  return Number(day.slice(0, 4)) - born.year > OLDEST ? 'implausible' : undefined;
}
