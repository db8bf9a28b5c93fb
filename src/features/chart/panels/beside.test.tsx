import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';
import { say } from '#i18n/language.ts';
import type { FhirResource } from '#fhir/types.ts';
import { messages } from '../messages.ts';
import type { Panel, T } from '../panel.ts';
import { allergies } from './allergies.tsx';
import { conditions } from './conditions.tsx';
import { documents } from './documents.tsx';
import { immunizations } from './immunizations.tsx';
import { medicationStatements } from './medication-statements.tsx';
import { medications } from './medications.tsx';
import { procedures } from './procedures.tsx';
import { reports } from './reports.tsx';
import { requests } from './requests.tsx';

beforeAll(async () => {
  for (const panel of [allergies, documents, medications, reports, requests]) await panel.load?.();
});

const t: T = (id, values) => say(messages, id, values);
const words = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replaceAll(/<svg.*?<\/svg>/g, '')
    .replaceAll(/<\/div>/g, ' | ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/( \| )+/g, ' | ')
    .replaceAll(/^ \| | \| $/g, '');

/** Returns the cells of a row by column, and the text and detail of a card. */
function shown(panel: Panel, fields: object): Readonly<Record<string, string>> {
  const resource = { resourceType: panel.type, ...fields } as unknown as FhirResource;
  const find = () => undefined;
  const { text, detail } = panel.line(resource, t, find);
  const cells = panel.columns.map(({ id, cell }) => [id, words(cell(resource, t, find))]);
  return { ...Object.fromEntries(cells), line: words(text), detail: words(detail) };
}

const loinc = (code: string, display: string) => ({
  coding: [{ system: 'http://loinc.org', code, display }],
});

describe('a document', () => {
  // https://hl7.org/fhir/us/core/DocumentReference-adi-dnr.html, with a scanner's description.
  const dnr = {
    status: 'current',
    type: loinc('84095-9', 'Do Not Resuscitate'),
    category: [loinc('42348-3', 'Advance Directives')],
    description: 'Scanned document 17',
  };

  test('is titled by its type, with its description below', () => {
    const both = 'Do Not Resuscitate | Scanned document 17';
    expect(shown(documents, dnr)).toMatchObject({ what: both, line: both });
    const title = (fields: object) => shown(documents, { ...dnr, ...fields })['line'];
    expect(title({ description: 'Do Not Resuscitate' })).toBe('Do Not Resuscitate');
    expect(title({ type: undefined })).toBe('Advance Directives | Scanned document 17');
    expect(title({ type: undefined, category: undefined })).toBe('Scanned document 17');
    expect(title({ type: undefined, category: undefined, description: undefined })).toBe(
      'Not recorded',
    );
  });

  test('says which document it adds to or replaces, and who authenticated it', () => {
    const target = { reference: 'DocumentReference/1' };
    const all = shown(documents, {
      type: { text: 'Addendum' },
      author: [{ display: 'Dr A' }],
      authenticator: { display: 'Dr B' },
      relatesTo: [
        { code: 'appends', target: { ...target, display: 'Discharge summary' } },
        { code: 'replaces', target },
        { code: 'unheard-of', target },
      ],
    });
    const what = 'Addendum | Replaces: another document | Adds to: Discharge summary';
    expect(all).toMatchObject({ what, line: what, by: 'Dr A | Authenticated by: Dr B' });
  });
});

describe('a report without a conclusion', () => {
  // https://hl7.org/fhir/R4/bundle-lri-example.html
  const culture = {
    status: 'final',
    code: { text: 'Aerobic respiratory culture, sputum' },
    result: [
      { reference: '#bacteria', display: 'Normal flora' },
      { reference: 'Observation/organism2', display: 'Klebsiella pneumoniae' },
    ],
  };
  const results = 'Results: Normal flora, Klebsiella pneumoniae';

  test('shows its results, on the card as well', () => {
    expect(shown(reports, culture)).toMatchObject({ content: results, detail: results });
    const concluded = shown(reports, { ...culture, conclusion: 'Pneumonia' });
    expect(concluded).toMatchObject({ content: `Pneumonia | ${results}`, detail: 'Pneumonia' });
  });

  test('counts results without a name, and never shows their references', () => {
    const result = [...culture.result, { reference: 'Observation/3' }];
    expect(shown(reports, { ...culture, result })['content']).toBe(
      `${results} | One result, a record of its own`,
    );
    const unnamed = [1, 2, 3].map((n) => ({ reference: `Observation/${n}` }));
    expect(shown(reports, { ...culture, result: unnamed })['content']).toBe(
      '3 results, each a record of its own',
    );
    expect(shown(reports, { code: { text: 'Chest CT' } })['content']).toBe('Not recorded');
  });

  test('names only a few of many results on the card', () => {
    const result = 'ABCDEFG'.split('').map((display) => ({ display }));
    expect(shown(reports, { ...culture, result })['detail']).toBe(
      'Results: A, B, C, D, E and 2 more',
    );
  });
});

test('a condition has its stage in the row and on the card, and its evidence in the row', () => {
  // https://hl7.org/fhir/R4/condition-example-f002-lung.html
  const lung = {
    code: { text: 'NSCLC - Non-small cell lung cancer' },
    clinicalStatus: { coding: [{ code: 'active' }] },
    stage: [
      { summary: { coding: [{ display: 'IIIC' }] }, type: { text: 'Clinical stage' } },
      { assessment: [{ reference: 'Observation/tnm' }] },
    ],
    evidence: [{ code: [{ text: 'Cough' }], detail: [{ display: 'CT of the thorax' }] }],
  };
  expect(shown(conditions, lung)).toMatchObject({
    what: `${lung.code.text} | Stage: IIIC (Clinical stage), in another record | Evidence: Cough, CT of the thorax`,
    detail: 'Active | Stage: IIIC (Clinical stage), in another record',
  });
});

test('a condition that ended says so on the card, whatever its status', () => {
  const asthma = { code: { text: 'Asthma' }, abatementDateTime: '2015' };
  expect(shown(conditions, asthma)['detail']).toBe('Not recorded | Ended: 2015');
  const active = { clinicalStatus: { coding: [{ code: 'active' }] } };
  expect(shown(conditions, { ...asthma, ...active })['detail']).toBe('Active | Ended: 2015');
});

test('an allergy has its reactions on the card: a severe one without a risk is no mild allergy', () => {
  const nuts = {
    code: { text: 'Nuts' },
    reaction: [
      { manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' },
      { description: 'Swollen lips '.repeat(30) },
    ],
  };
  expect(shown(allergies, nuts)['detail']).toMatch(
    /^Not recorded \| Reaction: Anaphylaxis \(severe\), (Swollen lips )+Swollen( lips)?…$/,
  );
  expect(shown(allergies, { ...nuts, reaction: [] })['detail']).toBe('Not recorded');
});

test('a drug shows on the card until when it is taken', () => {
  const drug = { resourceType: 'MedicationStatement', status: 'active' };
  const at = (effectivePeriod: object) => {
    const { date, when } = medicationStatements.line(
      { ...drug, effectivePeriod } as never,
      t,
      () => undefined,
    );
    return [date, when];
  };
  const [start, end] = ['2019-01-01', '2019-01-07'];
  expect(at({ start, end })).toEqual([start, '01-Jan-2019 – 07-Jan-2019']);
  expect(at({ end })).toEqual([end, '– 07-Jan-2019']);
});

test('a procedure shows its outcome and complications in the row and on the card', () => {
  const hip = {
    status: 'completed',
    code: { text: 'Hip replacement' },
    outcome: { text: 'Unsuccessful' },
    complication: [{ text: 'Deep infection' }],
    complicationDetail: [{ reference: 'Condition/1' }],
    followUp: [{ text: 'Wound check in 2 weeks' }],
    reasonReference: [{ reference: 'Condition/2' }],
  };
  const went =
    'Completed | Outcome: Unsuccessful | Complication: Deep infection, in another record';
  expect(shown(procedures, hip)).toMatchObject({
    status: `${went} | Follow-up: Wound check in 2 weeks`,
    detail: went,
    reason: 'in another record',
  });
});

test('a vaccination shows its reactions, and whether it is only reported', () => {
  const dose = (fields: object) =>
    shown(immunizations, { status: 'completed', vaccineCode: { text: 'MMR' }, ...fields });
  const reaction = [
    { date: '2021-02-03', detail: { display: 'Anaphylaxis' } },
    { detail: { reference: 'Observation/1' } },
    { date: '2021-02-04' },
  ];
  const led = 'Completed | Reaction: Anaphylaxis (03-Feb-2021), in another record, 04-Feb-2021';
  expect(dose({ reaction })).toMatchObject({ status: led, detail: led });
  const hearsay = 'Completed | Reported, not by the person who gave it';
  expect(dose({ primarySource: false })).toMatchObject({ status: hearsay, detail: hearsay });
  expect(dose({ primarySource: false, reportOrigin: { text: 'Parent recall' } })['status']).toBe(
    `${hearsay}: Parent recall`,
  );
  expect(dose({ primarySource: true })['status']).toBe('Completed');
});

test('the reason of an order is shown with the drug, of a prohibition with the prohibition', () => {
  const aspirin = {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Aspirin' },
    reasonCode: [{ text: 'GI bleed' }],
    reasonReference: [{ reference: 'Condition/1' }],
  };
  const why = 'Reason: GI bleed, in another record';
  expect(shown(medications, aspirin)).toMatchObject({ what: `Aspirin | ${why}`, status: 'Active' });
  expect(shown(medications, { ...aspirin, doNotPerform: true })).toMatchObject({
    what: 'Aspirin',
    status: `Do not give | ${why} | Active`,
    detail: `Do not give | ${why} | Active`,
  });
  expect(shown(medicationStatements, aspirin)['what']).toBe(`Aspirin | ${why}`);
});

test('the reason of a request is shown with its name, of a prohibition with the prohibition', () => {
  const scan = { code: { text: 'CT with contrast' }, reasonCode: [{ text: 'Renal failure' }] };
  const why = 'Reason: Renal failure';
  expect(shown(requests, scan)).toMatchObject({ what: `CT with contrast | ${why}` });
  const { what, status } = shown(requests, { ...scan, status: 'active', doNotPerform: true });
  expect([what, status]).toEqual(['CT with contrast', `Do not perform | ${why} | Active`]);
});
