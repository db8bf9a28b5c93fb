import type { SearchParams } from '../types.ts';

/** Returns the query of a search. The caller must escape values (see {@link escapeValue}). */
export function searchQuery(params: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as readonly (string | number)[]) : [value]) {
      if (one !== undefined && one !== '') query.append(key, String(one));
    }
  }
  return query;
}

/** Escapes `,` `$` `|` and `\`, which have a meaning in search values (FHIR R4 §3.1.1.4.1). */
export function escapeValue(text: string): string {
  return text.replace(/[\\,$|]/g, '\\$&');
}
