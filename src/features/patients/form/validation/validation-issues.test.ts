import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { generate } from '#sandbox/data/generate.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { validationIssues } from './validation-issues.ts';
import type { Validate } from './use-validate.ts';

let server: FhirServer;
beforeAll(async () => {
  server = await startFhirServer({ ...generate({ patients: 1, charts: 0 }), auth: 'open' });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

/** A validate function like that of `useValidate`, over HTTP. */
const validate: Validate = async (patient, signal) => {
  const client = createClient({
    baseUrl: server.baseUrl,
    authorization: async () => undefined,
    renew: async () => false,
    log: new RequestLog(),
  });
  return (await client.validate(patient, { signal })).issue;
};
/** Sets the next responses of `$validate`, one per request. */
const says = (...answers: readonly OperationOutcomeIssue[][]): void => {
  for (const issue of answers) {
    const body = { resourceType: 'OperationOutcome', issue };
    server.faults.add({ path: /\$validate/, times: 1, status: 200, body });
  }
};
const asked = () => server.log.filter(({ path }) => path.endsWith('$validate')).length;
const stays = () => new AbortController().signal;
const texts = async (found: Promise<readonly OperationOutcomeIssue[]>) =>
  (await found).map(({ diagnostics }) => diagnostics);

const base: Patient = { resourceType: 'Patient', name: [{ family: 'Testcase' }] };
const edited: Patient = { ...base, gender: 'other' };
const unknownProfile: OperationOutcomeIssue = {
  severity: 'error',
  code: 'processing',
  diagnostics: 'Profile reference has not been checked because it could not be found',
  location: ['Patient.meta.profile[0]', 'Line[1] Col[77]'],
};
const badGender: OperationOutcomeIssue = {
  severity: 'fatal',
  code: 'code-invalid',
  diagnostics: 'Not a gender',
  expression: ['Patient.gender'],
};
const remark: OperationOutcomeIssue = { severity: 'warning', code: 'business-rule' };

describe('validationIssues', () => {
  it('returns errors without warnings, and nothing for an acceptable patient', async () => {
    says([remark, badGender]);
    expect(await validationIssues(validate, edited, stays())).toEqual([badGender]);
    expect(await validationIssues(validate, edited, stays(), base)).toEqual([]);
    const wrong = { ...edited, gender: 'both' } as unknown as Patient;
    expect(await validationIssues(validate, wrong, stays(), base)).not.toEqual([]);
    expect(asked()).toBe(4); // the last patient twice: as edited and as recorded
  });

  it('leaves out issues of the unedited record, whatever their line and column', async () => {
    const elsewhere = {
      ...unknownProfile,
      location: ['Patient.meta.profile[0]', 'Line[1] Col[9]'],
    };
    says([unknownProfile, badGender], [elsewhere]);
    expect(await texts(validationIssues(validate, edited, stays(), base))).toEqual([
      'Not a gender',
    ]);
    const other = { ...unknownProfile, location: ['Patient.meta.profile[1]'] };
    says([other], [unknownProfile]);
    expect(await validationIssues(validate, edited, stays(), base)).toEqual([other]);
  });

  it('returns all issues when the unedited record cannot be validated', async () => {
    says([unknownProfile]);
    server.faults.add({ path: /\$validate/, times: 1, status: 403 });
    expect(await validationIssues(validate, edited, stays(), base)).toEqual([unknownProfile]);
  });

  it('returns nothing when the server cannot validate or takes too long', async () => {
    expect(await validationIssues(undefined, edited, stays())).toEqual([]);
    server.faults.add({ path: /\$validate/, times: 1, status: 500 });
    expect(await validationIssues(validate, edited, stays(), base)).toEqual([]);
    server.faults.add({ path: /\$validate/, times: 1, delay: 5000 });
    const since = performance.now();
    expect(await validationIssues(validate, edited, stays(), base, 100)).toEqual([]);
    expect(performance.now() - since).toBeLessThan(2000);
  });

  it('rejects once the user left the form', async () => {
    server.faults.add({ path: /\$validate/, delay: 5000 });
    const left = new AbortController();
    const found = validationIssues(validate, edited, left.signal, base);
    left.abort();
    await expect(found).rejects.toThrow(/abort/i);
    expect(asked()).toBeLessThanOrEqual(1);
  });
});
