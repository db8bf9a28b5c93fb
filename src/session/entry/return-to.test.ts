import { describe, expect, it } from 'vitest';
import { pageOfPatient } from './return-to.ts';

describe('requirement 44: first page after a sign-in that selected a patient', () => {
  it.each(['/app/patients/p1', '/app/patients/p1?x=1', '/app/patients/p1/conditions#main'])(
    'is the page that the user asked for if it is of that patient: %s',
    (path) => {
      expect(pageOfPatient('p1', { path, state: 7 }, '/app/')).toEqual({ path, state: 7 });
    },
  );

  it.each(['/app/patients/p10', '/app/patients/p2/conditions', '/app/patients', '/app/'])(
    "is that patient's chart instead of %s",
    (path) => {
      const chart = { path: '/app/patients/p1' };
      expect(pageOfPatient('p1', { path }, '/app/')).toEqual(chart);
      expect(pageOfPatient('p1', undefined, '/app/')).toEqual(chart);
    },
  );

  it('is the page that the user asked for, or the start page, if no patient was selected', () => {
    const asked = { path: '/app/patients/p2' };
    expect(pageOfPatient(undefined, asked, '/app/')).toBe(asked);
    expect(pageOfPatient(undefined, undefined, '/app/')).toEqual({ path: '/app/' });
  });
});
