import { keyConcept, SYSTEM } from '../fields/codes.ts';
import { ADDRESS_KEYS, changed, set, setAddress, whatIsLeft, type EditRow } from './edit-cells.ts';
import {
  draft,
  forgetOld,
  setElement,
  setPrimitive,
  setWords,
  splitWords,
  typedText,
  type Draft,
} from './edit-element.ts';
import {
  ADDRESS_CELLS,
  type AddressRow,
  type CommunicationRow,
  type IdentifierRow,
  type NameRow,
  type ReferenceRow,
  type TelecomRow,
} from '../model.ts';
import { setPeriod } from './period.ts';

const NAME_PARTS = ['family', 'given', 'prefix', 'suffix'] as const;

/**
 * Writes an edited name. R4 datatypes, HumanName: "Applications updating a name SHALL ensure that
 * when both text and parts are present, no content is included in the text that isn't found in a
 * part". So an unedited `text` is removed when a part changes.
 */
export const editName: EditRow<NameRow> = (item, before, after) => {
  const parts = changed(before, after, ...NAME_PARTS);
  set(item, before, after, 'use', 'family');
  for (const key of ['given', 'prefix', 'suffix'] as const) {
    if (changed(before, after, key)) setWords(item, key, splitWords(after[key], item[key]));
  }
  if (changed(before, after, 'text')) set(item, before, after, 'text');
  else if (parts) setPrimitive(item, 'text', undefined);
  const edited = changed(before, after, ...NAME_PARTS, 'text');
  if (edited) forgetOld(item);
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return whatIsLeft(item, !before || edited, [...NAME_PARTS, 'text']);
};

/** Returns an edited identifier or ContactPoint; undefined if it must be removed. */
function leftWithValue<R extends { value: string }>(
  item: Draft,
  before: R | undefined,
  after: R,
): Draft | undefined {
  const edited = changed(before, after, 'value');
  if (edited) forgetOld(item);
  return whatIsLeft(item, !before || edited, ['value']);
}

export const editIdentifier: EditRow<IdentifierRow> = (item, before, after) => {
  set(item, before, after, 'use', 'system', 'value');
  // The same value in another system is another number; a withheld one stays withheld.
  if (item['value'] && changed(before, after, 'system')) forgetOld(item);
  if (changed(before, after, 'type')) {
    setElement(item, 'type', keyConcept(after.type, SYSTEM.identifierType));
  }
  if (changed(before, after, 'assigner')) {
    const assigner = draft(item['assigner']);
    setPrimitive(assigner, 'display', typedText(after.assigner));
    setElement(item, 'assigner', assigner);
  }
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return leftWithValue(item, before, after);
};

export const editTelecom: EditRow<TelecomRow> = (item, before, after) => {
  set(item, before, after, 'system', 'value', 'use');
  if (changed(before, after, 'rank')) {
    setPrimitive(item, 'rank', after.rank.trim() ? Number(after.rank) : undefined);
  }
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return leftWithValue(item, before, after);
};

export const editAddress: EditRow<AddressRow> = (item, before, after) => {
  set(item, before, after, 'use');
  setAddress(item, before, after);
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return whatIsLeft(item, !before || changed(before, after, ...ADDRESS_CELLS), ADDRESS_KEYS);
};

export const editCommunication: EditRow<CommunicationRow> = (item, before, after) => {
  if (changed(before, after, 'language')) {
    setElement(item, 'language', keyConcept(after.language, SYSTEM.language));
  }
  if ((before?.preferred ?? false) !== after.preferred) {
    setPrimitive(item, 'preferred', after.preferred || undefined);
  }
  return whatIsLeft(item, !before || changed(before, after, 'language'), ['language']);
};

export const editReference: EditRow<ReferenceRow> = (item, before, after) => {
  // For another target, `type` and `identifier` of the old one would be wrong.
  const target: Draft = changed(before, after, 'reference') ? {} : item;
  setPrimitive(target, 'reference', after.reference.trim());
  setPrimitive(target, 'display', after.display.trim());
  return target['reference'] || target['display'] || target['identifier'] ? target : undefined;
};
