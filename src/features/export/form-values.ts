import type { ExportLevel, ExportRequest } from '#fhir/bulk-export-url.ts';
import { isId } from '#fhir/reference.ts';

/** The form as typed. */
export interface FormValues {
  readonly level: ExportLevel;
  readonly group: string;
  readonly types: string;
  /** Of a `datetime-local` input: local time, without a zone. */
  readonly since: string;
  readonly container: string;
}

export type FieldName = 'group' | 'types' | 'since' | 'container';

export type Problem =
  | { readonly id: 'groupMissing' | 'groupWrong' | 'sinceWrong' | 'containerWrong' }
  | { readonly id: 'typesWrong'; readonly type: string };

export type Problems = Readonly<Partial<Record<FieldName, Problem>>>;

/** Names of blob containers: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const CONTAINER = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Reads the form: what to ask for, or what is wrong with it. */
export function readForm(
  values: FormValues,
): { readonly request: ExportRequest } | { readonly problems: Problems } {
  const group = values.group.trim();
  const container = values.container.trim();
  const types = [...new Set(values.types.split(/[\s,;]+/).filter(Boolean))];
  const wrong = types.find((type) => !/^[A-Z][A-Za-z]{1,63}$/.test(type));
  const since = values.since === '' ? undefined : new Date(values.since);
  const problems: Problems = {
    ...(values.level === 'Group' &&
      !isId(group) && { group: { id: group === '' ? 'groupMissing' : 'groupWrong' } as const }),
    ...(wrong !== undefined && { types: { id: 'typesWrong', type: wrong } as const }),
    ...(since && Number.isNaN(since.getTime()) && { since: { id: 'sinceWrong' } as const }),
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
