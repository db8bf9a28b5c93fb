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

interface Problem {
  readonly came: string;
  /** The row of the troubleshooting table that explains it. */
  readonly row: 'trouble401' | 'trouble403' | 'trouble404' | 'trouble429' | 'troubleCors';
}

const ROWS: Readonly<Record<number, Problem['row']>> = {
  401: 'trouble401',
  403: 'trouble403',
  404: 'trouble404',
  429: 'trouble429',
};

/** One search for one patient: what the server says to this person, now. */
async function liveProblem(env: CheckEnv): Promise<Problem | undefined> {
  const { t } = env;
  try {
    await env.fhir?.client.search('Patient', { _count: 1 }, undefined, { signal: env.signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof FhirError)) return { came: t('mayProbeNone'), row: 'troubleCors' };
    // A server that wants a search parameter says 400 to this search: that is no lack of rights.
    if (error.status === 400) return undefined;
    const came = t('mayProbe', { status: error.status });
    return { came, row: ROWS[error.status] ?? 'trouble404' };
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
        came: problem.came,
        means: t(`${problem.row}Cause`),
        mend: t(`${problem.row}Mend`),
        // What was refused just now is not called possible because nothing else forbids it.
        facts: facts.map((f) =>
          f.value === t('mayAllowed') ? { ...f, value: t('mayUnknown') } : f,
        ),
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
