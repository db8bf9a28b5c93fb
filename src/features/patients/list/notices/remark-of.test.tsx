import type { Patient } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { SimilarReason } from '#fhir/duplicates/similar.ts';
import { remarkOf } from './remark-of.tsx';

const t = (id: string): string => id;
const turner: Patient = {
  resourceType: 'Patient',
  name: [
    { use: 'official', family: 'Turner' },
    { use: 'old', family: 'Smith' },
  ],
};
const modifierExtension = [{ url: 'https://example.org/not', valueBoolean: true }];

describe('remarkOf', () => {
  test.each<[string, object, SimilarReason | undefined, string[]]>([
    ['an unknown modifier', { modifierExtension }, undefined, ['flagModified']],
    ['rules that are not known', { implicitRules: 'urn:x' }, undefined, ['flagModified']],
    ['a modifier of a part', { contact: [{ modifierExtension }] }, undefined, ['flagModified']],
    ['the same name', {}, 'same-name', ['flagSameName']],
    ['a similar row', {}, 'similar', ['flagSimilar']],
    ['both', { modifierExtension }, 'similar', ['flagModified', 'flagSimilar']],
  ])('flags %s in words', (_, fields, alike, texts) => {
    const remark = remarkOf({ ...turner, ...fields }, alike, {}, t);
    const flags = renderToStaticMarkup(remark?.flags);
    expect(
      flags
        .replaceAll(/<[^>]*>/g, ' ')
        .trim()
        .split(/\s+/),
    ).toEqual(texts);
  });

  test('says by which name a patient was found', () => {
    expect(remarkOf(turner, undefined, { name: 'smith' }, t)).toEqual({ found: 'previously' });
  });

  test('has nothing to say about a plain record', () => {
    expect(remarkOf(turner, undefined, { name: 'turner' }, t)).toBeUndefined();
  });
});
