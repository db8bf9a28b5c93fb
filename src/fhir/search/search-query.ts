import type { SearchParams } from '../types.ts';

/** `name=a&name=b&_count=20`; values are the caller's to escape (see {@link escapeValue}). */
export function searchQuery(params: SearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as readonly (string | number)[]) : [value]) {
      if (one !== undefined && one !== '') query.append(key, String(one));
    }
  }
  return query;
}

/** Makes typed text one literal search value: `,` `$` `|` and `\` have meanings (FHIR R4 §3.1.1.4.1). */
export function escapeValue(text: string): string {
  return text.replace(/[\\,$|]/g, '\\$&');
}
