import { expect, test } from 'vitest';
import { refusalError, silent } from '../errors.ts';
import { readIssues } from '../outcome.ts';
import { needsMore } from './needs-more.ts';

const refused = (...issue: readonly object[]) =>
  refusalError({
    ...silent(400),
    issues: readIssues({ resourceType: 'OperationOutcome', issue }),
  });

test('needsMore finds the parameters that Epic names in diagnostics', () => {
  const missing = {
    severity: 'fatal',
    code: 'required',
    details: { text: 'A required element is missing.' },
    diagnostics: 'Must have identifier, or family, given and birthdate.',
  };
  expect(needsMore(refused(missing))).toEqual({
    params: ['identifier', 'family', 'given', 'birthdate'],
    tooMany: false,
  });
});

test('needsMore distinguishes too many matches, missing criteria and other refusals', () => {
  const costly = { severity: 'error', code: 'too-costly', diagnostics: 'Too many match.' };
  expect(needsMore(refused(costly))).toEqual({ params: [], tooMany: true });
  expect(needsMore(refused({ code: 'invalid', diagnostics: 'No such parameter' }))).toBeUndefined();
  expect(needsMore(new Error('must have'))).toBeUndefined();
});
