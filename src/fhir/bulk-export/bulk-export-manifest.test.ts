import { describe, expect, it } from 'vitest';
import { fileName, readManifest } from './bulk-export-manifest.ts';
import { percentage } from './bulk-export-poll.ts';

const BASE = 'https://fhir.example/r4';

describe('readManifest', () => {
  it('reads files and counts, and gives a URL only to files under the base', () => {
    const manifest = readManifest(
      {
        transactionTime: '2026-11-01T00:00:00Z',
        request: `${BASE}/$export`,
        requiresAccessToken: false,
        output: [
          { type: 'Patient', url: `${BASE}/files/1`, count: 3 },
          { type: 'Patient', url: 'https://account.blob.core.windows.net/c/Patient.ndjson' },
          { type: 'Patient', url: `${BASE}/../files/1`, count: -3 },
          'nonsense',
          { type: 'Patient' },
        ],
        error: [{ type: 'OperationOutcome', url: `${BASE}/files/2`, count: '2' }],
      },
      BASE,
    );
    expect(manifest?.needsToken).toBe(false);
    expect(manifest?.output.map((f) => [f.url !== undefined, f.count])).toEqual([
      [true, 3],
      [false, undefined],
      [false, undefined],
    ]);
    expect(manifest?.errors).toMatchObject([{ type: 'OperationOutcome', count: 2 }]);
    expect(manifest?.deleted).toEqual([]);
  });

  it.each([[undefined], [null], ['x'], [[]], [{}], [{ output: 'x' }]])(
    'is undefined for %o',
    (body) => {
      expect(readManifest(body, BASE)).toBeUndefined();
    },
  );

  it('reads 1,000 files and counts the others', () => {
    const output = Array.from({ length: 5000 }, (_, i) => ({ type: 'A', url: `${BASE}/f/${i}` }));
    expect(readManifest({ output }, BASE)).toMatchObject({ omitted: 4000 });
  });

  it('needs the token if requiresAccessToken is missing', () => {
    expect(readManifest({ output: [] }, BASE)?.needsToken).toBe(true);
  });
});

describe('fileName', () => {
  it.each([
    [`${BASE}/files/Patient-1.ndjson?sig=secret`, 'Patient', 'Patient-1.ndjson'],
    [`${BASE}/Binary/abc`, 'Observation', 'Observation-abc.ndjson'],
    [`${BASE}/x/`, 'Patient', 'Patient.ndjson'],
    ['nonsense', '../../etc', 'etc.ndjson'],
    [`${BASE}/x/%2e%2e%5cboot.exe`, 'Patient', 'Patient-2e_2e_5cboot.exe.ndjson'],
  ])('returns a safe name for %s', (address, type, name) => {
    expect(fileName({ address, type })).toBe(name);
  });
});

describe('percentage', () => {
  it.each([
    ['33%', 33],
    ['Finished 7.5 % of the job', 7.5],
    ['In progress', undefined],
    ['250%', undefined],
    ['-5%', undefined],
    [undefined, undefined],
  ])('reads from the progress %s the percentage %s', (text, value) => {
    expect(percentage(text)).toBe(value);
  });
});
