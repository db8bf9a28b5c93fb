import { can, type Deed } from '#data/capability.ts';
import { readCapability, type Capability } from '#fhir/capability.ts';
import { FhirError } from '#fhir/errors.ts';
import type { Check, CheckEnv, Fact, MessageId } from '../check.ts';

const DEEDS: readonly Deed[] = ['search', 'read', 'create', 'update', 'delete', 'history'];

async function capabilityOf(env: CheckEnv): Promise<Capability | undefined> {
  try {
    const statement = await env.fhir?.client.capabilities({ signal: env.signal });
    return statement && readCapability(statement);
  } catch {
    return undefined;
  }
}

/** One search for one patient: what the server says to this person, now. */
async function liveProblem(env: CheckEnv): Promise<string | undefined> {
  const { t } = env;
  try {
    await env.fhir?.client.search('Patient', { _count: 1 }, undefined, { signal: env.signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof FhirError)) return t('mayProbeNone');
    if (error.status === 401) return t('mayProbe401');
    if (error.status === 403) return t('mayProbe403');
    return t('mayProbeOther', { status: error.status });
  }
}

export const may: Check = {
  id: 'may',
  title: 'may',
  applies: ({ fhir }) => fhir !== undefined,
  run: async (env) => {
    const { t, session, locale } = env;
    const [capability, problem] = await Promise.all([capabilityOf(env), liveProblem(env)]);
    const known = { scopes: session?.scopes, roles: session?.roles, capability };
    const results = DEEDS.map((deed) => ({ deed, ...can(deed, 'Patient', known) }));
    const facts: Fact[] = results.map(({ deed, reason }) => ({
      label: t(`may_${deed}` as MessageId),
      value: t(reason ? `may_${reason}` : 'mayAllowed'),
    }));
    for (const name of ['validate', 'export'] as const) {
      const declared = capability?.operation(name === 'validate' ? 'Patient' : undefined, name);
      facts.push({
        label: t(`may_${name}`),
        value: t(declared === false ? 'may_capability' : 'mayAllowed'),
      });
    }
    const tested = t('mayTested');
    const no = results.filter((r) => !r.allowed).map((r) => t(`may_${r.deed}` as MessageId));
    if (problem) {
      return {
        verdict: 'bad',
        tested,
        came: problem,
        means: t(
          problem === t('mayProbe403')
            ? 'trouble403Cause'
            : problem === t('mayProbe401')
              ? 'trouble401Cause'
              : 'troubleCorsCause',
        ),
        mend: t(
          problem === t('mayProbe403')
            ? 'trouble403Mend'
            : problem === t('mayProbe401')
              ? 'trouble401Mend'
              : 'troubleCorsMend',
        ),
        facts,
      };
    }
    return no.length === 0
      ? { verdict: 'good', tested, came: t('mayAll'), means: t('mayAllMeans'), facts }
      : {
          verdict: 'attention',
          tested,
          came: t('maySome', { list: new Intl.ListFormat(locale).format(no) }),
          means: t('maySomeMeans'),
          mend: t('maySomeMend'),
          facts,
        };
  },
};
