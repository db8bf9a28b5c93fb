import { sameJson, MAX_DEPTH } from '#fhir/changes/json-equal.ts';
import type { Translate } from '#i18n/provider.tsx';
import { elementLabel, type ElementId } from './element-label.ts';
import { valueText } from './value-text.ts';

/** What has no words of its own is shown as it was sent, up to here. */
const LONGEST = 300;

/** Whether two that differ read the same. */
const alike = (values: readonly unknown[], words: readonly string[]): boolean =>
  values.some((a, i) => values.some((b, k) => k < i && words[i] === words[k] && !sameJson(a, b)));

/** The single values of an element by their paths in it: `period.end`. */
function leaves(
  value: unknown,
  path: readonly string[] = [],
): readonly (readonly [string, unknown])[] {
  const entries =
    typeof value === 'object' && value !== null && path.length < MAX_DEPTH
      ? Object.entries(value).filter(([, v]) => v !== undefined)
      : [];
  if (entries.length === 0) return [[path.join('.'), value]];
  return entries.flatMap(([key, v]) => leaves(v, [...path, key]));
}

/** Values in words, or as JSON where the words would be the same. */
function leafTexts(values: readonly unknown[], path: string, nothing: string): readonly string[] {
  const words = values.map((value) => valueText(value, path) ?? nothing);
  if (!alike(values, words)) return words;
  return values.map((value) => JSON.stringify(value)?.slice(0, LONGEST) ?? nothing);
}

/**
 * The versions of one element in words, for a choice between them. Where two that differ would read
 * the same, each part in which they differ stands below on a line of its own.
 *
 * @param path where the element stands: `name.0`, `telecom`
 * @param nothing the words for a version that lacks it
 */
export function tellApart(
  values: readonly unknown[],
  path: string,
  t: Translate<ElementId>,
  nothing: string,
): readonly string[] {
  const words = values.map((value) => valueText(value, path) ?? nothing);
  if (!alike(values, words)) return words;
  const parts = values.map((value) => new Map(value === undefined ? [] : leaves(value)));
  const lines = [...new Set(parts.flatMap((part) => [...part.keys()]))].flatMap((key) => {
    const versions = parts.map((part) => part.get(key));
    if (versions.every((version) => sameJson(version, versions[0]))) return [];
    const label = elementLabel(/^\d/.test(key) ? `${path}.${key}` : key, t);
    return [leafTexts(versions, key, nothing).map((said) => (key ? `${label}: ${said}` : said))];
  });
  return words.map((word, at) => [word, ...lines.map((line) => line[at])].join('\n'));
}
