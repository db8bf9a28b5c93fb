import type { AllergyIntolerance, Encounter, Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { allergyState } from './allergy-state.ts';
import { shownAttachment } from './attachment.ts';
import { bannerModel, initials } from './banner-model.ts';
import { encounterFit } from './encounter-model.ts';
import { limit } from './limit.ts';
import { contrast, parseColour, readStyle, safeProperties } from './smart-style.ts';
import { readMessage } from './tabs/open-patients.ts';
import { isOfEncounter } from './encounter/parts.ts';

const SNOMED = 'http://snomed.info/sct';
const BASE = 'https://fhir.example.org/r4';

const allergy = (code: string, display: string, o: Partial<AllergyIntolerance> = {}) =>
  ({
    resourceType: 'AllergyIntolerance',
    patient: { reference: 'Patient/1' },
    code: { coding: [{ system: SNOMED, code, display }] },
    ...o,
  }) satisfies AllergyIntolerance;
const status = (code: string) => ({ coding: [{ code }] });

describe('the four allergy states', () => {
  const none = allergy('716186003', 'No known allergy');
  const peanut = allergy('91935009', 'Allergy to peanut');

  test('nothing recorded is not the same as no allergies', () => {
    expect(allergyState([], true)).toEqual({ state: 'not-recorded' });
    expect(allergyState([none], true)).toEqual({ state: 'none-known' });
  });

  test('an allergy outweighs a record that there is none', () => {
    expect(allergyState([none, peanut], true)).toEqual({
      state: 'known',
      names: ['Allergy to peanut'],
      more: 0,
    });
  });

  test('withdrawn, refuted and resolved records do not count', () => {
    const gone = [
      { ...peanut, verificationStatus: status('entered-in-error') },
      { ...peanut, verificationStatus: status('refuted') },
      { ...peanut, clinicalStatus: status('resolved') },
    ];
    expect(allergyState(gone, true)).toEqual({ state: 'not-recorded' });
    const denied = { ...none, verificationStatus: status('entered-in-error') };
    expect(allergyState([denied], true)).toEqual({ state: 'not-recorded' });
  });

  test('no known drug allergy does not say that there is none at all', () => {
    expect(allergyState([allergy('409137002', 'No known drug allergy')], true)).toEqual({
      state: 'not-recorded',
    });
  });

  test('an unfinished answer proves no absence', () => {
    expect(allergyState([], false)).toEqual({ state: 'unavailable' });
    expect(allergyState([peanut], false).state).toBe('known');
  });

  test('a high risk comes first', () => {
    const latex = { ...allergy('1003755004', 'Latex'), criticality: 'high' as const };
    const state = allergyState([peanut, latex], true);
    expect(state.state === 'known' && state.names).toEqual(['Latex', 'Allergy to peanut']);
  });
});

describe('the banner', () => {
  const now = new Date('2006-08-01T12:00:00');
  const model = (fields: Partial<Patient>) =>
    bannerModel({ resourceType: 'Patient', ...fields }, BASE, now);

  test('name, preferred name, birth date and age', () => {
    const m = model({
      name: [
        { use: 'usual', given: ['Janie'] },
        { use: 'official', family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] },
      ],
      birthDate: '1945-07-14',
    });
    expect(m.name).toBe('EVANS-WEST, Mary Jane (Mrs)');
    expect(m.preferred).toBe('Janie');
    expect(m.born).toBe('14-Jul-1945');
    expect(m.age).toEqual({ value: '61y', approx: false });
  });

  test('a partial birth date gives an approximate age', () => {
    expect(model({ birthDate: '1960' }).age).toEqual({ value: '45y', approx: true });
  });

  test('died: age at death and no contact; unknown day of death: no age', () => {
    const telecom = [{ system: 'phone' as const, value: '1' }];
    const died = model({ birthDate: '1945-07-14', deceasedDateTime: '2000-07-13', telecom });
    expect(died.deceased).toEqual({ died: '13-Jul-2000' });
    expect(died.age?.value).toBe('54y');
    expect(died.contact).toBeUndefined();
    const unknown = model({ birthDate: '1945-07-14', deceasedBoolean: true });
    expect(unknown.deceased).toEqual({ died: undefined });
    expect(unknown.age).toBeUndefined();
  });

  test('the logical id is never the number', () => {
    expect(model({ id: 'abc' }).numbers).toEqual([]);
  });

  test('nothing known is no error', () => {
    const m = model({});
    expect([m.name, m.born, m.age, m.gender, m.contact]).toEqual(Array(5).fill(undefined));
    expect(bannerModel({ resourceType: 'Patient', name: 'x' } as never, BASE, now).name).toBe('x');
  });

  test('a merged record names its survivor', () => {
    const m = model({ link: [{ type: 'replaced-by', other: { reference: `${BASE}/Patient/s` } }] });
    expect(m.status).toMatchObject({ merged: true, mergedInto: 's' });
  });

  test('initials tell windows apart without the name', () => {
    expect(initials('EVANS-WEST, Mary Jane (Mrs)')).toBe('EMJ');
    expect(initials('李, 小龙')).toBe('李小');
    expect(initials(undefined)).toBe('');
  });
});

const encounter = (reference?: string): Encounter => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { code: 'IMP' },
  ...(reference && { subject: { reference } }),
});

describe('the launched encounter', () => {
  test.each([
    ['Patient/1', '1', '1', 'here'],
    [`${BASE}/Patient/1`, '1', '1', 'here'],
    ['Patient/2', '1', '1', 'conflict'],
    ['Patient/2', '1', undefined, 'conflict'],
    ['Patient/1', '2', '1', 'elsewhere'],
    [undefined, '1', '1', 'unknown'],
  ] as const)('subject %s, shown %s, launched %s: %s', (subject, shown, launched, fit) => {
    expect(encounterFit(encounter(subject), shown, launched, BASE)).toBe(fit);
  });
});

test('what other tabs say is checked', () => {
  const here = { type: 'here', tab: 't', patient: 'h', ask: false };
  expect(readMessage(here)).toEqual(here);
  expect(readMessage({ type: 'gone', tab: 't' })).toEqual({ type: 'gone', tab: 't' });
  for (const bad of [
    undefined,
    'x',
    {},
    { type: 'here', tab: 't' },
    { ...here, tab: 'x'.repeat(65) },
  ])
    expect(readMessage(bad)).toBeUndefined();
});

test('only what names the encounter belongs to it', () => {
  const observation = { resourceType: 'Observation', status: 'final', code: {} } as const;
  const of = (encounter?: { reference: string }) =>
    isOfEncounter({ ...observation, ...(encounter && { encounter }) }, 'e1', BASE);
  expect(of({ reference: 'Encounter/e1' })).toBe(true);
  expect(of({ reference: `${BASE}/Encounter/e1` })).toBe(true);
  expect(of({ reference: 'Encounter/e2' })).toBe(false);
  expect(of({ reference: 'https://elsewhere.example/Encounter/e1' })).toBe(false);
  expect(of()).toBe(false);
  const document = {
    resourceType: 'DocumentReference',
    status: 'current',
    content: [],
    context: { encounter: [{ reference: 'Encounter/e1' }] },
  } as const;
  expect(isOfEncounter(structuredClone(document) as never, 'e1', BASE)).toBe(true);
});

describe('the look of the EHR', () => {
  const page = { text: [24, 32, 42], muted: [81, 92, 106], surface: [255, 255, 255] } as const;

  test('only values of the right form are read', () => {
    expect(
      readStyle({
        color_background: '#fff; background: url(//evil)',
        color_highlight: 'red',
        dim_border_radius: 'calc(1px)',
      }),
    ).toEqual({ background: undefined, highlight: undefined, radius: undefined });
    expect(readStyle([])).toEqual({
      background: undefined,
      highlight: undefined,
      radius: undefined,
    });
  });

  test('a colour that text cannot be read on is ignored', () => {
    const style = readStyle({ color_background: '#333', color_highlight: '#ffee00' });
    expect(safeProperties(style, page)).toEqual({});
    const good = readStyle({
      color_background: '#fafafa',
      color_highlight: '#0a5ba8',
      dim_border_radius: '4px',
    });
    expect(safeProperties(good, page)).toEqual({
      '--bg': '#fafafa',
      '--accent': '#0a5ba8',
      '--radius': '4px',
    });
  });

  test('contrast as WCAG computes it', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(parseColour('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
    expect(parseColour('#abc')).toEqual([0xaa, 0xbb, 0xcc]);
  });
});

describe('attachments', () => {
  test('plain text is decoded; links must be safe; the rest is only named', () => {
    const data = btoa(String.fromCharCode(...new TextEncoder().encode('Grüße')));
    expect(shownAttachment({ contentType: 'text/plain', data })).toMatchObject({
      kind: 'text',
      content: 'Grüße',
    });
    expect(shownAttachment({ contentType: 'text/html', data })).toMatchObject({ kind: 'other' });
    expect(shownAttachment({ url: 'javascript:alert(1)' })).toMatchObject({ kind: 'other' });
    expect(shownAttachment({ url: 'https://example.org/a.pdf' })).toMatchObject({ kind: 'link' });
    expect(shownAttachment({ contentType: 'text/plain', data: '%%%' })).toMatchObject({
      kind: 'other',
    });
  });
});

test('no more tasks at a time than allowed, and all of them in the end', async () => {
  const atMost = limit(2);
  let running = 0;
  let most = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running -= 1;
    if (most > 5) throw new Error('never');
    return 1;
  };
  const done = await Promise.all(Array.from({ length: 9 }, () => atMost(task)));
  expect(done).toHaveLength(9);
  expect(most).toBe(2);
  await expect(atMost(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  await expect(atMost(task)).resolves.toBe(1);
});
