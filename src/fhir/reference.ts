import { isId } from '#lib/id.ts';
import { record, text } from '#lib/narrow.ts';

export interface LocalReference {
  readonly type: string;
  readonly id: string;
  readonly versionId: string | undefined;
}

/**
 * Parses a literal reference to a resource on this server: relative, or absolute under the base.
 *
 * @param reference a Reference or its `reference` text
 * @returns undefined for anything else (another server, `#contained`, `urn:`), which must not
 *   become a link
 */
export function localReference(reference: unknown, baseUrl?: string): LocalReference | undefined {
  let path = typeof reference === 'string' ? reference : text(record(reference)['reference']);
  if (path === undefined) return undefined;
  if (baseUrl !== undefined && path.startsWith(`${baseUrl}/`))
    path = path.slice(baseUrl.length + 1);
  const m = /^([A-Z][A-Za-z]{1,63})\/([^/]+)(?:\/_history\/([^/]+))?$/.exec(path);
  if (!m || !isId(m[2]) || (m[3] !== undefined && !isId(m[3]))) return undefined;
  return { type: m[1] ?? '', id: m[2], versionId: m[3] };
}

/** Returns the text of a Reference: its display, else its identifier, else its `reference`. */
export function referenceText(reference: unknown): string | undefined {
  const r = record(reference);
  return text(r['display']) ?? text(record(r['identifier'])['value']) ?? text(r['reference']);
}
