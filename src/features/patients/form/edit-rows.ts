import { keyConcept, SYSTEM } from './codes.ts';
import {
  draft,
  setElement,
  setPrimitive,
  setWords,
  splitLines,
  splitWords,
  typedText,
  type Draft,
} from './edit-element.ts';
import type {
  AddressRow,
  CommunicationRow,
  ContactRow,
  IdentifierRow,
  NameRow,
  ReferenceRow,
  TelecomRow,
} from './model.ts';
import { setPeriod } from './period.ts';
import { record } from '#lib/narrow.ts';

/** Writes the cells of a row that differ into its element; undefined drops the element. */
export type EditRow<R> = (item: Draft, before: R | undefined, after: R) => Draft | undefined;

const changed = <R extends object>(
  before: R | undefined,
  after: R,
  ...keys: (keyof R)[]
): boolean => keys.some((key) => (before?.[key] ?? '') !== after[key]);

function set<R extends object>(
  item: Draft,
  before: R | undefined,
  after: R,
  ...keys: (keyof R & string)[]
): void {
  for (const key of keys) {
    if (changed(before, after, key)) setPrimitive(item, key, typedText(String(after[key])));
  }
}

/**
 * HumanName: "Applications updating a name SHALL ensure that when both text and parts are present,
 * no content is included in the text that isn't found in a part" (R4 datatypes): text that was not
 * edited goes when a part changes.
 */
export const editName: EditRow<NameRow> = (item, before, after) => {
  const parts = changed(before, after, 'family', 'given', 'prefix', 'suffix');
  set(item, before, after, 'use', 'family');
  for (const key of ['given', 'prefix', 'suffix'] as const) {
    if (changed(before, after, key)) setWords(item, key, splitWords(after[key], item[key]));
  }
  if (changed(before, after, 'text')) set(item, before, after, 'text');
  else if (parts) setPrimitive(item, 'text', undefined);
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return item['family'] || item['given'] || item['prefix'] || item['suffix'] || item['text']
    ? item
    : undefined;
};

export const editIdentifier: EditRow<IdentifierRow> = (item, before, after) => {
  set(item, before, after, 'use', 'system', 'value');
  if (changed(before, after, 'type')) {
    setElement(item, 'type', keyConcept(after.type, SYSTEM.identifierType));
  }
  if (changed(before, after, 'assigner')) {
    const assigner = draft(item['assigner']);
    setPrimitive(assigner, 'display', typedText(after.assigner));
    setElement(item, 'assigner', assigner);
  }
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return item['value'] || item['_value'] ? item : undefined;
};

export const editTelecom: EditRow<TelecomRow> = (item, before, after) => {
  set(item, before, after, 'system', 'value', 'use');
  if (changed(before, after, 'rank')) {
    setPrimitive(item, 'rank', after.rank.trim() ? Number(after.rank) : undefined);
  }
  return item['value'] || item['_value'] ? item : undefined;
};

/** Address has the same rule for `text` as HumanName. */
export const editAddress: EditRow<AddressRow> = (item, before, after) => {
  const cells = ['city', 'district', 'state', 'postalCode', 'country'] as const;
  set(item, before, after, 'use', ...cells);
  if (changed(before, after, 'line')) setWords(item, 'line', splitLines(after.line));
  if (changed(before, after, 'text')) set(item, before, after, 'text');
  else if (changed(before, after, 'line', ...cells)) setPrimitive(item, 'text', undefined);
  return ['line', 'text', ...cells].some((key) => item[key]) ? item : undefined;
};

export const editContact: EditRow<ContactRow> = (item, before, after) => {
  if (changed(before, after, 'relationship')) {
    const [, ...others] = Array.isArray(item['relationship'])
      ? (item['relationship'] as unknown[])
      : [];
    const first = keyConcept(after.relationship, SYSTEM.contactRole);
    setElement(item, 'relationship', first ? [first, ...others] : others);
  }
  if (changed(before, after, 'family', 'given')) {
    const name = draft(item['name']);
    set(name, before, after, 'family');
    if (changed(before, after, 'given')) {
      setWords(name, 'given', splitWords(after.given, name['given']));
    }
    setPrimitive(name, 'text', undefined);
    setElement(item, 'name', name);
  }
  if (changed(before, after, 'phone')) {
    const telecom = Array.isArray(item['telecom']) ? [...(item['telecom'] as unknown[])] : [];
    const at = telecom.findIndex((t) => record(t)['system'] === 'phone');
    const phone = { ...draft(telecom[at]), system: 'phone' };
    setPrimitive(phone, 'value', typedText(after.phone));
    if (!after.phone.trim() && at >= 0) telecom.splice(at, 1);
    else if (after.phone.trim())
      telecom.splice(at < 0 ? telecom.length : at, at < 0 ? 0 : 1, phone);
    setElement(item, 'telecom', telecom);
  }
  return item['name'] || item['telecom'] || item['organization'] || item['relationship']
    ? item
    : undefined;
};

export const editCommunication: EditRow<CommunicationRow> = (item, before, after) => {
  if (changed(before, after, 'language')) {
    setElement(item, 'language', keyConcept(after.language, SYSTEM.language));
  }
  if ((before?.preferred ?? false) !== after.preferred) {
    setPrimitive(item, 'preferred', after.preferred || undefined);
  }
  return item['language'] ? item : undefined;
};

export const editReference: EditRow<ReferenceRow> = (item, before, after) => {
  // Another target: what was said of the old one (type, identifier) is not true of the new one.
  const target: Draft = changed(before, after, 'reference') ? {} : item;
  setPrimitive(target, 'reference', after.reference.trim());
  setPrimitive(target, 'display', after.display.trim());
  return target['reference'] || target['display'] || target['identifier'] ? target : undefined;
};
