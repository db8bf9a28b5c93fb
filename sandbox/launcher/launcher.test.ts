import type { FhirResource } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEhr, type Ehr } from '../oauth/ehr/ehr.ts';

const APP = 'http://localhost:5999';
const FHIR = 'http://localhost:5998/fhir';
const resources: FhirResource[] = [
  { resourceType: 'Practitioner', id: 'dr-1', name: [{ family: 'Okafor', given: ['Ada'] }] },
  { resourceType: 'Patient', id: 'p1', name: [{ family: 'Lind', given: ['Eva'] }] },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/p1' },
  },
];
let ehr: Ehr;

beforeAll(async () => {
  ehr = await startEhr({
    fhirBase: FHIR,
    appOrigins: () => [APP],
    resources: (type) => resources.filter((r) => r.resourceType === type),
  });
});
afterAll(() => ehr.close());

const get = (path: string) => fetch(`${ehr.origin}/launcher${path}`);
const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(`${ehr.origin}/launcher${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });

it('serves the launcher page with a strict Content-Security-Policy', async () => {
  const page = await get('');
  expect(await page.text()).toContain('EHR launcher');
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect((await get('/launcher.js')).headers.get('content-type')).toContain('javascript');
});

it('finds patients and their encounters', async () => {
  expect(await (await get('/patients?search=eva')).json()).toMatchObject([{ id: 'p1' }]);
  expect(await (await get('/patients?search=nobody')).json()).toEqual([]);
  expect(await (await get('/encounters?patient=p1')).json()).toMatchObject([{ id: 'e1' }]);
});

it('registers a launch with the chosen context', async () => {
  const context = { patient: 'p1', encounter: 'e1', need_patient_banner: false, unknown: 'x' };
  const made = (await (await post('/launches', { app: APP, context })).json()) as {
    launch: string;
    url: string;
  };
  expect(ehr.launchContext(made.launch)).toEqual({
    patient: 'p1',
    encounter: 'e1',
    need_patient_banner: false,
  });
  const url = new URL(made.url);
  expect(url.origin + url.pathname).toBe(`${APP}/launch`);
  expect(url.searchParams.get('iss')).toBe(FHIR);
  const frame = await get(`/frame?${new URLSearchParams({ app: APP, launch: made.launch })}`);
  expect(frame.headers.get('content-security-policy')).toContain(`frame-src 'self' ${APP}`);
  expect(await frame.text()).toContain('<iframe title="Embedded app"');
});

it('refuses to launch an unknown app, and a body that is not JSON', async () => {
  expect((await post('/launches', { app: 'https://evil.example' })).status).toBe(400);
  expect((await get('/frame?app=https://evil.example&launch=x')).status).toBe(400);
  expect((await post('/launches', { app: APP }, 'text/plain')).status).toBe(415);
});

it('makes an access token that the EHR accepts', async () => {
  const { token } = (await (await post('/token', { practitioner: 'dr-1' })).json()) as {
    token: string;
  };
  expect(await ehr.claims(token)).toMatchObject({
    fhirUser: `${FHIR}/Practitioner/dr-1`,
    scope: 'user/*.cruds',
  });
});
