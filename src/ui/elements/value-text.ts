import { codingText, conceptText } from '#fhir/coding.ts';
import { formatDateTime, parseDate } from '#fhir/dates.ts';
import { formatName } from '#fhir/names.ts';
import { referenceText } from '#fhir/reference.ts';
import { isRecord, text, texts, type Json } from '#lib/narrow.ts';

const joined = (...parts: unknown[]): string | undefined =>
  parts
    .map(text)
    .filter((part) => part !== undefined)
    .join(', ') || undefined;

/** An object by its shape: the datatypes that a Patient is made of. */
function objectText(value: Json): string | undefined {
  if ('family' in value || 'given' in value) return formatName(value);
  if ('coding' in value) return conceptText(value);
  if ('language' in value) return objectText(value['language'] as Json);
  if ('line' in value || 'city' in value || 'postalCode' in value) {
    const town = ['city', 'district', 'state', 'postalCode', 'country'].map((key) => value[key]);
    return joined(...texts(value['line']), ...town) ?? text(value['text']);
  }
  if ('reference' in value) return referenceText(value);
  if ('other' in value) return joined(value['type'], referenceText(value['other']));
  if ('value' in value) {
    return joined(value['value'], conceptText(value['type']), value['use'], value['system']);
  }
  if ('name' in value && isRecord(value['name'])) {
    return joined(formatName(value['name']), valueText(value['telecom']));
  }
  if ('start' in value || 'end' in value) {
    return `${formatDateTime(value['start']) ?? ''} – ${formatDateTime(value['end']) ?? ''}`;
  }
  if ('code' in value) return codingText(value);
  return text(value['text']);
}

/** An element of a resource in words; what has no words is shown as JSON, cut short. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    return (parseDate(value) ? formatDateTime(value) : undefined) ?? text(value);
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return text(value);
  if (Array.isArray(value)) {
    const parts = value.map(valueText).filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join('; ') : undefined;
  }
  const shown = isRecord(value) ? objectText(value) : undefined;
  return shown ?? JSON.stringify(value)?.slice(0, 300);
}
