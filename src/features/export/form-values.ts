import type { ExportLevel, ExportRequest } from '#fhir/bulk-export/bulk-export-url.ts';
import { daysInMonth } from '#fhir/dates/dates.ts';
import { plainDigits } from '#fhir/dates/digits.ts';
import { isId } from '#lib/id.ts';

/** A local date and time, as typed. */
export interface Moment {
  readonly day: string;
  /** `01` to `12`, chosen from a list. */
  readonly month: string;
  readonly year: string;
  /** Value of a `time` input: `10:30`; empty means midnight. */
  readonly time: string;
}

/** The form as typed. */
export interface FormValues {
  readonly level: ExportLevel;
  readonly group: string;
  readonly types: string;
  readonly since: Moment;
  readonly container: string;
}

export type FieldName = 'group' | 'types' | 'since' | 'container';

export type Problem =
  | { readonly id: 'groupMissing' | 'groupWrong' | 'sinceWrong' | 'containerWrong' }
  | { readonly id: 'typesWrong'; readonly type: string };

export type Problems = Readonly<Partial<Record<FieldName, Problem>>>;

/** Names of blob containers: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const CONTAINER = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * Parses a typed moment.
 *
 * @returns undefined if all fields are empty, null if the moment is incomplete or invalid
 */
function readMoment(typed: Moment): Date | null | undefined {
  const [day = '', year = ''] = [typed.day, typed.year].map((part) => plainDigits(part).trim());
  const { month, time } = typed;
  if (!day && !month && !year && !time) return undefined;
  if (!/^\d{1,2}$/.test(day) || !/^[1-9]\d{3}$/.test(year) || !month) return null;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return null;
  const at = new Date(`${year}-${month}-${day.padStart(2, '0')}T${time || '00:00'}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Returns the export request of the form, or its problems. */
export function readForm(
  values: FormValues,
): { readonly request: ExportRequest } | { readonly problems: Problems } {
  const group = values.group.trim();
  const container = values.container.trim();
  const types = [...new Set(values.types.split(/[\s,;]+/).filter(Boolean))];
  const wrong = types.find((type) => !/^[A-Z][A-Za-z]{1,63}$/.test(type));
  const since = readMoment(values.since);
  const problems: Problems = {
    ...(values.level === 'Group' &&
      !isId(group) && { group: { id: group === '' ? 'groupMissing' : 'groupWrong' } as const }),
    ...(wrong !== undefined && { types: { id: 'typesWrong', type: wrong } as const }),
    ...(since === null && { since: { id: 'sinceWrong' } as const }),
    ...(container !== '' &&
      !CONTAINER.test(container) && { container: { id: 'containerWrong' } as const }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    request: {
      level: values.level,
      group: values.level === 'Group' ? group : undefined,
      types,
      since: since?.toISOString(),
      container: container || undefined,
    },
  };
}
