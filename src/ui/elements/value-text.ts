import { codingText, conceptText } from '#fhir/values/coding.ts';
import { formatDateTime, parseDate } from '#fhir/dates/dates.ts';
import { formatName } from '#fhir/patient/names.ts';
import { referenceText } from '#fhir/reference.ts';
import { defineCatalogue } from '#i18n/catalogue.ts';
import { isolate } from '#i18n/isolate.ts';
import { say } from '#i18n/language.ts';
import { isRecord, text, texts, type Json } from '#lib/narrow.ts';
import codes from './codes/messages/en.json';
import { messages } from './messages.ts';

const catalogue = defineCatalogue(codes);

/**
 * Returns the translation of a FHIR code, or the code itself.
 *
 * @param element name of the element
 */
function codeText(element: string, code: unknown): string | undefined {
  const id = `${element}.${text(code)}`;
  return Object.hasOwn(codes, id) ? say(catalogue, id as keyof typeof codes) : text(code);
}

const joined = (...parts: unknown[]): string | undefined =>
  parts
    .map(text)
    .filter((part) => part !== undefined)
    .join(', ') || undefined;

/** Elements added to the main text, in this order. */
const BESIDE = [
  'use',
  'relationship',
  'gender',
  'address',
  'organization',
  'assigner',
  'rank',
  'preferred',
  'period',
] as const;

/** Elements whose value needs a label. */
const LABELLED: ReadonlySet<string> = new Set(['rank', 'preferred']);

const beside = (value: Json): readonly (string | undefined)[] =>
  BESIDE.map((key) => {
    const words = valueText(value[key], key);
    return words !== undefined && LABELLED.has(key)
      ? `${say(messages, key as 'rank' | 'preferred')}: ${words}`
      : words;
  });

/** Returns the main text of an object, whose datatype is recognised by its elements. */
function mainText(value: Json): string | undefined {
  if ('family' in value || 'given' in value) return formatName(value);
  if ('coding' in value) return conceptText(value);
  if ('language' in value) return valueText(value['language']);
  if ('line' in value || 'city' in value || 'postalCode' in value) {
    const town = ['city', 'district', 'state', 'postalCode', 'country'].map((key) => value[key]);
    return joined(...texts(value['line']), ...town) ?? text(value['text']);
  }
  if ('reference' in value) return referenceText(value);
  if ('other' in value)
    return joined(codeText('type', value['type']), referenceText(value['other']));
  if ('value' in value) {
    const number = text(value['value']);
    const system = codeText('system', value['system']);
    return joined(number && isolate(number), conceptText(value['type']), system);
  }
  if (CONTACT.some((key) => isRecord(value[key]) || Array.isArray(value[key]))) {
    return joined(formatName(value['name']), valueText(value['telecom'])) ?? '';
  }
  if ('start' in value || 'end' in value) {
    return `${formatDateTime(value['start']) ?? ''} – ${formatDateTime(value['end']) ?? ''}`;
  }
  if ('code' in value) return codingText(value);
  if ('contentType' in value) return joined(value['title'], value['contentType']);
  if ('url' in value) return extensionText(value);
  return text(value['text']) ?? text(value['display']);
}

const CONTACT = ['name', 'telecom', 'relationship', 'organization'];

/**
 * Returns an extension as text: the last part of its URL, which serves as a name, and its value.
 */
function extensionText(value: Json): string | undefined {
  const key = Object.keys(value).find((k) => /^value[A-Z]/.test(k)) ?? 'extension';
  const said = valueText(value[key], key);
  const name = text(value['url'])?.split(/[/#]/).at(-1);
  return name && said !== undefined ? `${name}: ${said}` : undefined;
}

/** Returns a primitive with its extensions as text: `birthDate` and `_birthDate`. */
function primitiveText(value: Json): string | undefined {
  const about = Object.keys(value).find((key) => key.startsWith('_'));
  const key = about?.slice(1) ?? '';
  if (!about || Object.keys(value).some((k) => k !== about && k !== key)) return undefined;
  return joined(valueText(value[key], key), valueText(value[about]));
}

/** Returns an object as text. Extensions are included only if the object has no main text. */
function objectText(value: Json): string | undefined {
  const main = mainText(value);
  if (main !== undefined) return joined(main, ...beside(value));
  return primitiveText(value) ?? valueText(value['extension']);
}

/** Maximum depth of nested values; a hostile server could send ten thousand levels. */
const DEEPEST = 20;

let depth = 0;

/**
 * Returns an element of a resource as text. A value without text becomes shortened JSON, and a
 * value nested too deeply an ellipsis.
 *
 * @param path of the element, such as `gender` or `name.0.use`
 */
export function valueText(value: unknown, path = ''): string | undefined {
  if (depth >= DEEPEST) return '…';
  depth += 1;
  try {
    return wordsOf(value, path);
  } finally {
    depth -= 1;
  }
}

function wordsOf(value: unknown, path: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    const element = path.slice(path.lastIndexOf('.') + 1);
    return (parseDate(value) ? formatDateTime(value) : undefined) ?? codeText(element, value);
  }
  if (typeof value === 'boolean') return say(messages, value ? 'true' : 'false');
  if (typeof value === 'number') return text(value);
  if (Array.isArray(value)) {
    const parts = value.map((item) => valueText(item)).filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join('; ') : undefined;
  }
  const shown = isRecord(value) ? objectText(value) : undefined;
  return shown ?? json(value);
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value).slice(0, 300);
  } catch {
    return '…'; // too deep for the call stack
  }
}
