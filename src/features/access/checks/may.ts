import { can, type Permission } from '#data/capability.ts';
import { mayExport } from '#data/may-export.ts';
import { readCapability, type Capability } from '#fhir/permissions/capability.ts';
import type { Check, CheckEnv, Fact, Trouble } from '../check.ts';
import { tryReading } from './helpers/live.ts';

type Shown = Exclude<Permission, 'vread'>;

const DEEDS: readonly Shown[] = ['search', 'read', 'create', 'update', 'delete', 'history'];
const REASONS = ['scope', 'role'] as const;

async function capabilityOf(env: CheckEnv): Promise<Capability | undefined> {
  try {
    const statement = await env.fhir?.client.capabilities({ signal: env.signal });
    return statement === undefined ? undefined : readCapability(statement);
  } catch {
    return undefined;
  }
}

type Reason = 'scope' | 'role' | 'capability' | undefined;

/** Returns each interaction and why it is not allowed, as decided elsewhere in the app. */
function decisions(
  session: CheckEnv['session'],
  capability: Capability | undefined,
): readonly (readonly [Shown | 'validate' | 'export', Reason])[] {
  const known = { scopes: session?.scopes, roles: session?.roles, capability };
  const declared = capability?.operation('Patient', 'validate');
  return [
    ...DEEDS.map((deed) => [deed, can(deed, 'Patient', known).reason] as const),
    ['validate', declared === false ? 'capability' : undefined],
    ['export', mayExport(known).reason],
  ];
}

export const may: Check = {
  id: 'may',
  title: 'may',
  applies: ({ fhir }) => fhir !== undefined,
  run: async (env) => {
    const { t, session, locale } = env;
    const capability = await capabilityOf(env);
    const all = decisions(session, capability);
    const tried = await tryReading(env, {
      readable: capability !== undefined,
      lacksScope: (what) => all.some(([deed, why]) => deed === what && why === 'scope'),
    });
    const facts = all.map(([deed, reason]): Fact => {
      const among = (list: readonly string[]): boolean => list.includes(deed);
      // After a refusal nothing else is reported as possible.
      const otherwise = tried.problem ? 'mayUnknown' : 'mayAllowed';
      const open = among(tried.done)
        ? 'mayProven'
        : among(tried.untried)
          ? 'mayUntried'
          : otherwise;
      return { label: t(`may_${deed}`), value: t(reason ? `may_${reason}` : open) };
    });
    const tested = t('mayTried');
    if (tried.problem) {
      const { words, ...problem } = tried.problem;
      const quoted = words ? [{ label: t('mayWords'), value: words, personal: true }] : [];
      return { tested, ...problem, verdict: 'bad', facts: [...quoted, ...facts] };
    }
    // The summary concerns patient records; validation and export appear only in the table.
    const no = all.filter(([deed, why]) => why && deed !== 'validate' && deed !== 'export');
    if (no.length === 0) {
      return { verdict: 'good', tested, came: t('mayAll'), means: t('mayAllMeans'), facts };
    }
    const missing = no.some(([, why]) => REASONS.some((reason) => reason === why));
    const explains: readonly Trouble[] = missing ? ['trouble403'] : [];
    return {
      verdict: 'attention',
      tested,
      came: t('maySome', {
        list: new Intl.ListFormat(locale).format(no.map(([deed]) => t(`may_${deed}`))),
      }),
      means: t('maySomeMeans'),
      mend: t('maySomeMend'),
      facts,
      explains,
    };
  },
};
