import { record } from '#lib/narrow.ts';
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
import { ADDRESS_CELLS, type ContactRow } from '../model.ts';
import { setPeriod } from './period.ts';

/** Returns the index of the telecom that the form shows: the first of a system; -1 if none. */
export const shownTelecom = (telecom: readonly unknown[], system: string): number =>
  telecom.findIndex((t) => record(t)['system'] === system);

function setTelecom(item: Draft, system: 'phone' | 'email', typed: string): void {
  const telecom = Array.isArray(item['telecom']) ? [...(item['telecom'] as unknown[])] : [];
  const at = shownTelecom(telecom, system);
  const value = typedText(typed);
  if (!value && at >= 0) telecom.splice(at, 1);
  else if (value) {
    const point = { ...draft(telecom[at]), system };
    setPrimitive(point, 'value', value);
    forgetOld(point);
    telecom.splice(at < 0 ? telecom.length : at, at < 0 ? 0 : 1, point);
  }
  setElement(item, 'telecom', telecom);
}

function setName(item: Draft, before: ContactRow | undefined, after: ContactRow): void {
  const name = draft(item['name']);
  set(name, before, after, 'family');
  if (changed(before, after, 'given')) {
    setWords(name, 'given', splitWords(after.given, name['given']));
  }
  if (changed(before, after, 'text')) set(name, before, after, 'text');
  else setPrimitive(name, 'text', undefined);
  forgetOld(name);
  setElement(item, 'name', name);
}

const WHO = [
  ...(['relationship', 'family', 'given', 'text', 'phone', 'email', 'organization'] as const),
  ...ADDRESS_CELLS,
];

/** Writes an edited row of `Patient.contact`, which is a person or an organization. */
export const editContact: EditRow<ContactRow> = (item, before, after) => {
  if (changed(before, after, 'relationship')) {
    const [, ...others] = Array.isArray(item['relationship'])
      ? (item['relationship'] as unknown[])
      : [];
    const first = keyConcept(after.relationship, SYSTEM.contactRole);
    setElement(item, 'relationship', first ? [first, ...others] : others);
  }
  if (changed(before, after, 'family', 'given', 'text')) setName(item, before, after);
  if (changed(before, after, 'phone')) setTelecom(item, 'phone', after.phone);
  if (changed(before, after, 'email')) setTelecom(item, 'email', after.email);
  if (changed(before, after, ...ADDRESS_CELLS)) {
    const address = draft(item['address']);
    setAddress(address, before, after);
    setElement(item, 'address', whatIsLeft(address, true, ADDRESS_KEYS));
  }
  if (changed(before, after, 'gender')) set(item, before, after, 'gender');
  if (changed(before, after, 'organization', 'organizationName')) {
    const { organization: reference, organizationName: display } = after;
    setElement(item, 'organization', reference ? { reference, ...(display && { display }) } : {});
  }
  if (changed(before, after, 'start', 'end')) setPeriod(item, before, after);
  return whatIsLeft(item, !before || changed(before, after, ...WHO), [
    'name',
    'telecom',
    'address',
    'organization',
    'relationship',
  ]);
};
