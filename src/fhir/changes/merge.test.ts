import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './diff.ts';
import { sameJson } from './json-equal.ts';
import { merge, mergePoints } from './merge.ts';

const base = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId: '1' },
  gender: 'female',
  birthDate: '1960-12-25',
  name: [{ family: 'Evans', given: ['Mary'] }],
  telecom: [
    { system: 'phone', value: '1' },
    { system: 'email', value: 'a@b.c' },
  ],
};

const patch = (changes: object) => ({ ...structuredClone(base), ...changes });

const json = fc
  .dictionary(
    fc.constantFrom(
      'a',
      'b',
      'deceasedBoolean',
      'deceasedDateTime',
      '_a',
      '__proto__',
      'constructor',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  )
  .map((o) => JSON.parse(JSON.stringify(o)) as object);

describe('differences', () => {
  it('uses the paths of the form and omits elements that the server sets', () => {
    const after = patch({
      meta: { versionId: '2' },
      text: { div: 'x' },
      gender: 'male',
      name: [{ family: 'Evans', given: ['Mary', 'Jane'] }],
      telecom: [{ system: 'email', value: 'a@b.c' }],
      active: true,
    });
    expect(differences(base, after)).toEqual([
      { path: 'gender', kind: 'changed', before: 'female', after: 'male' },
      { path: 'name.0.given.1', kind: 'added', before: undefined, after: 'Jane' },
      {
        path: 'telecom.0',
        kind: 'removed',
        before: { system: 'phone', value: '1' },
        after: undefined,
      },
      { path: 'active', kind: 'added', before: undefined, after: true },
    ]);
  });

  it('is empty for equal content and only then', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(differences(a, structuredClone(a))).toEqual([]);
        if (differences(a, b).length > 0) expect(sameJson(a, b)).toBe(false);
      }),
    );
  });

  it('does not overflow the stack with deeply nested objects', () => {
    const deep = (leaf: string) =>
      JSON.parse(`${'{"a":'.repeat(5000)}"${leaf}"${'}'.repeat(5000)}`) as object;
    expect(differences(deep('x'), deep('y'))).toHaveLength(1);
  });
});

describe('merge of two edits', () => {
  it('takes the element of the side that changed it', () => {
    const mine = patch({ gender: 'male' });
    const theirs = patch({ meta: { versionId: '2' }, birthDate: '1960-12-26' });
    expect(mergePoints(base, mine, theirs).map((p) => [p.path, p.state])).toEqual([
      ['gender', 'mine'],
      ['birthDate', 'theirs'],
    ]);
    expect(merge<object>(base, mine, theirs)).toEqual({ ...theirs, gender: 'male' });
  });

  it('reports a conflict when both sides changed an element, and follows the choice', () => {
    const mine = patch({ name: [{ family: 'Evans-West', given: ['Mary'] }] });
    const theirs = patch({ name: [{ family: 'Evans', given: ['Marie'] }] });
    const [point] = mergePoints(base, mine, theirs);
    expect(point).toMatchObject({ path: 'name.0', state: 'conflict' });
    expect(merge<object>(base, mine, theirs)).toEqual(theirs);
    expect(merge<object>(base, mine, theirs, new Map([['name.0', 'mine']]))).toEqual(mine);
  });

  it('never mixes two types of one element, or a value and its extension', () => {
    const mine = patch({ deceasedBoolean: true });
    const theirs = patch({ deceasedDateTime: '2020-01-01', _deceasedDateTime: { id: 'x' } });
    expect(mergePoints(base, mine, theirs)).toMatchObject([
      { path: 'deceased[x]', state: 'conflict', mine: true },
    ]);
    const chosen = merge<object>(base, mine, theirs, new Map([['deceased[x]', 'mine']]));
    expect(chosen).toEqual({ ...base, deceasedBoolean: true });
  });

  it('treats a list that grew, shrank or was reordered as one element', () => {
    const mine = patch({ telecom: [base.telecom[1], base.telecom[0]] });
    const theirs = patch({ telecom: [{ system: 'phone', value: '2' }, base.telecom[1]] });
    expect(mergePoints(base, mine, theirs)).toMatchObject([{ path: 'telecom', state: 'conflict' }]);
  });

  it('detects that a choice element changed its type although its value is equal', () => {
    const [base, mine] = [{ valueString: 'a' }, { valueCode: 'a' }];
    expect(mergePoints(base, mine, base)).toMatchObject([{ path: 'value[x]', state: 'mine' }]);
    expect(merge<object>(base, mine, base)).toEqual(mine);
    expect(merge<object>(base, base, mine)).toEqual(mine);
  });

  it('removes their generated narrative when something of mine was taken', () => {
    const text = (status: string) => ({ text: { status, div: '<div>EVANS, male</div>' } });
    const mine = patch({ name: [{ family: 'Evans-West', given: ['Mary'] }] });
    for (const status of ['generated', 'extensions']) {
      const theirs = patch({ gender: 'male', ...text(status) });
      expect(merge<object>(patch(text(status)), mine, theirs)).toEqual({ ...mine, gender: 'male' });
      // Nothing of mine was taken, so their narrative is correct.
      expect(merge<object>(base, base, theirs)).toEqual(theirs);
    }
    const written = patch({ gender: 'male', ...text('additional') });
    expect(merge<object>(base, mine, written)).toMatchObject(text('additional'));
  });

  it('equals theirs when only they changed something, and mine when only I did', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        delete (b as Record<string, unknown>)['__proto__']; // merge drops this key on purpose
        expect(sameJson(merge(a, a, b), b)).toBe(true);
        expect(sameJson(merge(a, b, a), b)).toBe(true);
        expect(sameJson(merge(a, b, b), b)).toBe(true);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
    );
  });
});
