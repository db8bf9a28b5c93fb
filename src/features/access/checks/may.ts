import { can, type Deed } from '#data/capability.ts';
import { readCapability, type Capability } from '#fhir/capability.ts';
import { FhirError, NotSupported, ServerError } from '#fhir/errors.ts';
import { SignInRequired } from '#session/errors.ts';
import type { Check, CheckEnv, Fact, Finding, MessageId, T } from '../check.ts';

const DEEDS: readonly Deed[] = ['search', 'read', 'create', 'update', 'delete', 'history'];

async function capabilityOf(env: CheckEnv): Promise<Capability | undefined> {
  try {
    const statement = await env.fhir?.client.capabilities({ signal: env.signal });
    return statement && readCapability(statement);
  } catch {
    return undefined;
  }
}

type Problem = Pick<Finding, 'came' | 'means' | 'mend'>;

const ROWS: Readonly<Record<number, 'trouble401' | 'trouble403' | 'trouble404' | 'trouble429'>> = {
  401: 'trouble401',
  403: 'trouble403',
  404: 'trouble404',
  429: 'trouble429',
};

/** What it means that the server answered with a status that is not success. */
function refusal(t: T, error: FhirError): Pick<Finding, 'means' | 'mend'> {
  if (error instanceof NotSupported) {
    return { means: t('mayNotSupportedMeans'), mend: t('mayNotSupportedMend') };
  }
  if (error instanceof ServerError) {
    return { means: t('metadataServerMeans'), mend: t('metadataServerMend') };
  }
  const row = ROWS[error.status];
  return row
    ? { means: t(`${row}Cause`), mend: t(`${row}Mend`) }
    : { means: t('mayOtherMeans'), mend: t('mayOtherMend') };
}

/** One search for one patient: what the server says to this person, now. */
async function liveProblem(env: CheckEnv): Promise<Problem | 'silent' | undefined> {
  const { t } = env;
  try {
    await env.fhir?.client.search('Patient', { _count: 1 }, undefined, { signal: env.signal });
    return undefined;
  } catch (error) {
    if (error instanceof SignInRequired) {
      const [means, mend] = [t('trouble401Cause'), t('trouble401Mend')];
      return { came: t('mayNoToken'), means, mend };
    }
    if (!(error instanceof FhirError)) return 'silent';
    // A server that wants a search parameter says 400 to this search: that is no lack of rights.
    if (error.status === 400) return undefined;
    return { came: t('mayProbe', { status: error.status }), ...refusal(t, error) };
  }
}

/**
 * A search without an answer. Where `/metadata` can be read, the origin is allowed: then it is most
 * likely a refusal without CORS headers, as Oracle sends its 401.
 */
function silent(t: T, readable: boolean): Problem {
  return readable
    ? { came: t('mayProbeNone'), means: t('mayBareMeans'), mend: t('mayBareMend') }
    : { came: t('mayProbeNone'), means: t('troubleCorsCause'), mend: t('troubleCorsMend') };
}

export const may: Check = {
  id: 'may',
  title: 'may',
  applies: ({ fhir }) => fhir !== undefined,
  run: async (env) => {
    const { t, session, locale } = env;
    const [capability, live] = await Promise.all([capabilityOf(env), liveProblem(env)]);
    const problem = live === 'silent' ? silent(t, capability !== undefined) : live;
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
        ...problem,
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
