import { describe, expect, test } from 'vitest';
import { readPage } from '#fhir/client/bundle.ts';
import { remark } from '#fhir/outcome.ts';
import type { FhirResource } from '#fhir/types.ts';
import { allergyAnswer, allergyState } from '../allergy/allergy-state.ts';
import { emptiness, isIncomplete, mayBeIncomplete } from './completeness.ts';
import { panelRows, type PanelPage } from './panel-rows.ts';
import { allergies } from '../panels/allergies.tsx';
import { labs } from '../panels/labs.ts';
import { vitals } from '../panels/vitals.ts';
import type { Panel } from '../panel.ts';

describe('whether a response may lack records', () => {
  const notice = (code: string, severity = 'information') => [{ severity, code }] as never;
  test.each([
    ['link-refused', true],
    ['link-loop', true],
    ['unreadable-entries', true],
    ['entries-cut', true],
    ['repeated-entries', false],
  ] as const)('the remark %s means that records may be missing: %s', (code, lacks) => {
    expect(mayBeIncomplete([remark('warning', code, 'x')])).toBe(lacks);
  });
  test.each([
    ['suppressed', true, notice('suppressed')],
    ['incomplete', true, notice('incomplete')],
    ['a warning', true, notice('processing', 'warning')],
    ['informational', false, notice('informational')],
    ['none', false, []],
  ])('the server notices (%s) mean that records may be missing: %s', (_, lacks, notices) => {
    expect(mayBeIncomplete(notices)).toBe(lacks);
  });
});

test('scopes for a part of the allergies: neither an empty response nor "no known allergy" counts', () => {
  const answer = (...items: object[]) => {
    const page = { items, notices: [] } as unknown as Parameters<typeof allergyAnswer>[0];
    return allergyAnswer(page, '1', ['category food']);
  };
  const allergy = (code: string, display: string) => ({
    resourceType: 'AllergyIntolerance',
    code: { coding: [{ code, display }] },
  });
  expect(answer()).toEqual({ state: 'unavailable' });
  const none = allergy('716186003', 'No known allergy');
  expect(answer(none)).toEqual({ state: 'unavailable', statements: [none] });
  expect(answer(allergy('91935009', 'Peanut'))).toMatchObject({
    state: 'known',
    names: ['Peanut'],
    partial: true,
  });
});

test('an empty panel is unknown, not none, when the scopes grant only a part of its records', () => {
  const page = { items: [], included: [], notices: [] } as unknown as PanelPage;
  const read = (panel: Panel) =>
    panelRows(page, {
      panel,
      patientId: '1',
      baseUrl: 'https://fhir.example',
      params: { patient: '1', ...panel.params },
      scopes: ['patient/Observation.rs?category=vital-signs', 'patient/*.rs?category=problem'],
    });
  expect(emptiness(read(vitals))).toBe('none');
  expect(emptiness(read(labs))).toBe('unknown');
  expect(read(labs).granted).toEqual(['category vital-signs', 'category problem']);
  expect(emptiness(read(allergies))).toBe('unknown');
});

test('a card reports missing records if some are left out, not if only the sort is ignored', () => {
  const page = (o: Partial<PanelPage>) =>
    isIncomplete({
      notices: [],
      items: [{}],
      foreign: 0,
      strayed: 0,
      astray: 0,
      granted: [],
      ...o,
    } as PanelPage);
  expect(page({})).toBe(false);
  expect(page({ foreign: 1 })).toBe(true);
  expect(page({ narrowed: true })).toBe(true);
  expect(page({ granted: ['category vital-signs'] })).toBe(true);
  expect(page({ notices: [remark('warning', 'unreadable-entries', 'x')] })).toBe(true);
  // An ignored sort leaves out no records.
  expect(page({ notices: [{ severity: 'warning', code: 'not-supported' }] })).toBe(false);
});

describe('what a response without records means', () => {
  const BASE = 'https://fhir.example';
  const SELF = `${BASE}/X?patient=1&_count=5`;
  const next = { relation: 'next', url: `${BASE}/X?ct=2` };
  const entry = (resource: object) => ({ resource: { id: '1', ...resource } });
  const says = (severity: string, code: string) => ({
    search: { mode: 'outcome' },
    resource: { resourceType: 'OperationOutcome', issue: [{ severity, code }] },
  });
  const answer = <R extends FhirResource>(type: string, bundle: object) =>
    readPage<R>(
      { resourceType: 'Bundle', ...bundle },
      { baseUrl: BASE, type, current: `${BASE}/${type}?patient=1` },
    );
  const read = (panel: Panel, bundle: object, sort?: string): PanelPage => {
    const params = { patient: '1', ...(sort && { _sort: sort }), _count: 5 };
    const page = answer(panel.type, bundle);
    return panelRows(page, { panel, patientId: '1', baseUrl: BASE, params });
  };
  const banner = (entries: readonly object[]) =>
    allergyAnswer(answer('AllergyIntolerance', { entry: entries }), '1').state;
  const laboratory = entry({
    resourceType: 'Observation',
    category: [{ coding: [{ code: 'laboratory' }] }],
    subject: { reference: 'Patient/1' },
  });

  test('a page without matching records means more if it has a next link, else unknown', () => {
    expect(emptiness(read(vitals, { link: [next], entry: [laboratory] }))).toBe('more');
    expect(emptiness(read(vitals, { link: [next] }))).toBe('more');
    // The server ignored the category filter, so whether it has vital signs is unknown.
    expect(emptiness(read(vitals, { entry: [laboratory] }))).toBe('unknown');
  });

  const answers: readonly (readonly [string, object, ReturnType<typeof emptiness>])[] = [
    ['nothing', {}, 'none'],
    ['information', { entry: [says('information', 'informational')] }, 'none'],
    ['an error', { total: 0, entry: [says('error', 'exception')] }, 'unknown'],
    ['a time-out', { total: 0, entry: [says('error', 'timeout')] }, 'unknown'],
    ['a refusal', { total: 0, entry: [says('error', 'forbidden')] }, 'unknown'],
    ['a filter', { total: 0, entry: [says('warning', 'security')] }, 'unknown'],
    ['what cannot be read', { entry: ['?'] }, 'unknown'],
    ['a page to come', { link: [next] }, 'more'],
    [
      'the record of another',
      {
        entry: [entry({ resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/2' } })],
      },
      'unknown',
    ],
  ];
  test.each(answers)(
    'with %s the banner says "not recorded" only where the card does',
    (...row) => {
      const [, bundle, expected] = row;
      const page = read(allergies, bundle);
      expect(page.items).toEqual([]);
      expect(emptiness(page)).toBe(expected);
      const complete =
        page.next === undefined && page.foreign === 0 && !mayBeIncomplete(page.notices);
      expect(allergyState([], complete).state === 'not-recorded').toBe(expected === 'none');
    },
  );

  describe('at Epic', () => {
    const warning = (code: string) => ({
      search: { mode: 'outcome' },
      resource: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'warning',
            code: 'processing',
            details: {
              coding: [{ system: 'urn:oid:1.2.840.114350.1.13.861.1.7.2.657369', code }],
            },
          },
        ],
      },
    });
    const noResults = warning('4101');
    const notTheEntireRecord = warning('4119');
    const noAllergy = entry({
      resourceType: 'AllergyIntolerance',
      code: { coding: [{ code: '716186003' }] },
    });
    test.each([
      ['that there is nothing', [noResults], 'none', 'not-recorded'],
      ['that it is not the entire record', [notTheEntireRecord], 'unknown', 'unavailable'],
      ['both', [noResults, notTheEntireRecord], 'unknown', 'unavailable'],
      ['something else', [warning('59204')], 'unknown', 'unavailable'],
    ] as const)('an Epic warning says %s: what it means', (_, warnings, means, state) => {
      const page = read(allergies, { total: 0, entry: warnings });
      expect(emptiness(page)).toBe(means);
      expect(page.notices).toHaveLength(warnings.filter((w) => w !== noResults).length);
      expect(banner(warnings)).toBe(state);
    });

    test('an Epic warning of no results or a partial record overrides "no known allergy"', () => {
      expect(banner([noAllergy])).toBe('none-known');
      expect(banner([noAllergy, noResults])).toBe('unavailable');
      expect(banner([noAllergy, notTheEntireRecord])).toBe('unavailable');
    });

    test('a "no known allergy" record is still shown when Epic warns of a partial record', () => {
      const state = (...warnings: readonly object[]) =>
        allergyAnswer(answer('AllergyIntolerance', { entry: warnings }), '1');
      expect(state(noAllergy, notTheEntireRecord)).toMatchObject({
        state: 'unavailable',
        statements: [{ code: { coding: [{ code: '716186003' }] } }],
      });
      // The record is not shown if the response failed or is known to be incomplete.
      for (const doubt of [says('error', 'timeout'), says('warning', 'incomplete'), 7])
        expect(state(noAllergy, notTheEntireRecord, doubt as object)).toEqual({
          state: 'unavailable',
        });
      // A modifier extension may reverse the meaning of the record.
      const resource = {
        ...noAllergy.resource,
        modifierExtension: [{ url: 'urn:x', valueCode: 'x' }],
      };
      expect(state({ ...noAllergy, resource }, notTheEntireRecord)).toEqual({
        state: 'unavailable',
      });
    });
  });

  test('a warning about an ignored sort does not make an empty response doubtful', () => {
    const bundle = {
      link: [{ relation: 'self', url: SELF }],
      entry: [says('warning', 'not-supported')],
    };
    expect(emptiness(read(vitals, bundle, '-date'))).toBe('none');
    expect(emptiness(read(vitals, bundle))).toBe('unknown');
  });

  test('a panel whose records do not name the encounter is unknown, not empty', () => {
    const page = panelRows(
      { ...read(vitals, {}), items: [laboratory.resource as never] },
      {
        panel: labs,
        patientId: '1',
        baseUrl: BASE,
        params: {},
        keep: () => false,
      },
    );
    expect(page.astray).toBe(1);
    expect(emptiness(page)).toBe('unknown');
  });
});
