import { expect, test } from 'vitest';
import { refusalError, silent } from '../errors.ts';
import { readIssues } from '../outcome.ts';
import { needsMore } from './needs-more.ts';

const refused = (...issue: readonly object[]) =>
  refusalError({
    ...silent(400),
    issues: readIssues({ resourceType: 'OperationOutcome', issue }),
  });

test('as Epic: what is wanted stands beside the general words, and too many is not what it says', () => {
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

test('too many is told apart from too little, and either from a mistake', () => {
  const costly = { severity: 'error', code: 'too-costly', diagnostics: 'Too many match.' };
  expect(needsMore(refused(costly))).toEqual({ params: [], tooMany: true });
  expect(needsMore(refused({ code: 'invalid', diagnostics: 'No such parameter' }))).toBeUndefined();
  expect(needsMore(new Error('must have'))).toBeUndefined();
});
