import { sameJson, MAX_DEPTH } from '#fhir/changes/json-equal.ts';
import type { Translate } from '#i18n/provider.tsx';
import { elementLabel, type ElementId } from './element-label.ts';
import { valueText } from './value-text.ts';

/** Maximum number of characters of a value that is shown as JSON. */
const LONGEST = 300;

/** Whether two distinct values have the same text. */
const alike = (values: readonly unknown[], words: readonly string[]): boolean =>
  values.some((a, i) => values.some((b, k) => k < i && words[i] === words[k] && !sameJson(a, b)));

/** Returns the leaf values of an element with their paths: `period.end`. */
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

/** Returns values as text, or as JSON if the texts are equal. */
function leafTexts(values: readonly unknown[], path: string, nothing: string): readonly string[] {
  const words = values.map((value) => valueText(value, path) ?? nothing);
  if (!alike(values, words)) return words;
  return values.map((value) => JSON.stringify(value)?.slice(0, LONGEST) ?? nothing);
}

/**
 * Returns the versions of an element as text, so that a user can choose one. If distinct versions
 * have the same text, each differing part follows on its own line.
 *
 * @param path of the element
 * @param nothing the text of a version without the element
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
