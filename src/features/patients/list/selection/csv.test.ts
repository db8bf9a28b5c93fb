import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { csvCell, toCsv, toNdjson } from './csv.ts';

describe('csvCell', () => {
  it.each(['=1+1', '+44 20', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uFF1D1'])(
    'prefixes text that a spreadsheet would run as a formula: %j',
    (text) => {
      expect(csvCell(text).startsWith('"\'')).toBe(true);
    },
  );

  it('doubles quotes and leaves other text alone', () => {
    expect(csvCell('O"Brien, A')).toBe('"O""Brien, A"');
    expect(csvCell(undefined)).toBe('""');
  });
});

describe('exported files', () => {
  const patient: Patient = {
    resourceType: 'Patient',
    id: 'a',
    name: [{ family: '=cmd|x', given: ['Ann'] }],
    birthDate: '1960-12',
    identifier: [{ system: 'urn:s', value: '1' }],
  };

  it('toCsv writes a header and one line per patient', () => {
    const [head, line, end] = toCsv([patient]).split('\r\n');
    expect(head?.startsWith('\uFEFFid,name,family,given,birthDate')).toBe(true);
    expect(line).toMatch(/^"a","'=CMD\|X, Ann","'=cmd\|x","Ann","1960-12","","urn:s\|1"/);
    expect(end).toBe('');
  });

  it('toCsv and toNdjson do not throw on malformed data', () => {
    expect(() => toCsv([{ resourceType: 'Patient', name: 5 } as unknown as Patient])).not.toThrow();
    expect(toNdjson([patient, patient]).trimEnd().split('\n')).toHaveLength(2);
  });
});
