import { readCapability } from '#fhir/permissions/capability.ts';
import { record, records, text } from '#lib/narrow.ts';
import type { Check } from '../check.ts';
import { jsonObject, probe } from '../probe.ts';
import { tryReading } from './helpers/live.ts';
import { passing } from './helpers/passing.ts';
import { unreachable } from './helpers/unreachable.ts';

function patientInteractions(statement: unknown): string {
  const rest = records(record(statement)['rest'])[0];
  const patient = records(record(rest)['resource']).find((r) => r['type'] === 'Patient');
  return records(patient?.['interaction'])
    .map((i) => text(i['code']) ?? '')
    .filter(Boolean)
    .join(', ');
}

export const metadata: Check = {
  id: 'metadata',
  title: 'metadata',
  applies: ({ server }) => server !== undefined,
  run: async (env) => {
    const { t, server, signal, session } = env;
    const url = `${server?.fhirBaseUrl}/metadata`;
    const tested = t('metadataTested', { url });
    const headers = { accept: 'application/fhir+json' };
    const bare = await probe(url, signal, { headers });
    // Retry with the token, as the app does: without it a gateway may return 401 or 403, readable
    // or not.
    const closed = !bare.answered || [401, 403].includes(bare.response.status);
    const authorization = closed && (await session?.authorization().catch(() => undefined));
    const asked = authorization
      ? await probe(url, signal, { headers: { ...headers, authorization } })
      : bare;
    const result = asked.answered ? asked : bare;
    if (!result.answered) return unreachable(env, tested, url, result.ms);
    const { status } = result.response;
    if (status === 401 || status === 403) {
      return {
        verdict: 'attention',
        tested,
        came: t('metadataSignIn', { status }),
        means: t('metadataSignInMeans'),
        mend: t('metadataSignInMend'),
      };
    }
    const busy = passing(t, status);
    if (busy) return { tested, came: t('metadataServer', { status }), ...busy };
    const statement = await jsonObject(result.response);
    // DSTU2 uses another resource name, and contains its version too.
    const names: readonly unknown[] = ['CapabilityStatement', 'Conformance'];
    if (!names.includes(statement?.['resourceType'])) {
      const known = { readable: false, lacksScope: () => false };
      const tried = env.fhir && (await tryReading(env, known));
      if (tried && tried.done.length > 0) {
        return {
          verdict: 'attention',
          tested,
          came: t('metadataNotFhir', { status }),
          means: t('metadataSilentMeans'),
          mend: t('metadataSilentMend'),
        };
      }
      return {
        verdict: 'bad',
        tested,
        came: t('metadataNotFhir', { status }),
        means: t('metadataNotFhirMeans'),
        mend: t('metadataNotFhirMend'),
        explains: ['trouble404'],
      };
    }
    const capability = readCapability(statement);
    const version = capability.fhirVersion ?? '?';
    const fine = capability.otherVersion === undefined;
    return {
      verdict: fine ? 'good' : 'attention',
      tested,
      came: t('metadataOk', {
        version,
        software: capability.software ?? t('metadataUnknown'),
        ms: result.ms,
      }),
      means: fine
        ? t(authorization ? 'metadataTokenMeans' : 'metadataOkMeans')
        : t('metadataOther', { version }),
      ...(fine ? {} : { mend: t('metadataOtherMend') }),
      facts: [{ label: t('patientInteractions'), value: patientInteractions(statement) }],
    };
  },
};
