import { expect, it } from 'vitest';
import { malformedIds } from '#config/malformed-ids.ts';
import { configuration } from './configuration.ts';
import { ENTRA, envOf } from './helpers/check-fixture.ts';

const CLIENT = '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2c';

it.each([
  ['an id that was not copied whole', CLIENT.slice(0, -1), 'bad', ['servers[0].auth.clientId']],
  ['an id as Entra ID gives them out', CLIENT, 'good', undefined],
])('configuration check of %s', async (_what, clientId, verdict, fields) => {
  const env = envOf({ ...ENTRA, clientId });
  const problems = env.config ? malformedIds(env.config) : [];
  const found = await configuration.run({ ...env, problems });
  expect(found.verdict).toBe(verdict);
  expect(found.facts?.map(({ label }) => label)).toEqual(fields);
});
