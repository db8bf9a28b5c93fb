import { keyConcept, SYSTEM } from './codes.ts';
import { changed, hasAddress, set, setAddress, type EditRow } from './edit-cells.ts';
import {
  draft,
  setElement,
  setPrimitive,
  setWords,
  splitWords,
  typedText,
  type Draft,
} from './edit-element.ts';
import type {
  AddressRow,
  CommunicationRow,
  IdentifierRow,
  NameRow,
  ReferenceRow,
  TelecomRow,
} from './model.ts';
import { setPeriod } from './period.ts';

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
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return item['value'] || item['_value'] ? item : undefined;
};

export const editAddress: EditRow<AddressRow> = (item, before, after) => {
  set(item, before, after, 'use');
  setAddress(item, before, after);
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return hasAddress(item) ? item : undefined;
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
