import { FhirError } from '#fhir/errors.ts';
import { needsMore } from '#fhir/search/needs-more.ts';
import type { CheckEnv } from '../../check.ts';
import { problemOf, type Attempt, type Problem } from './refusal.ts';

type What = Attempt['what'];

export interface Tried {
  /** What was answered. */
  readonly done: readonly What[];
  /** What could not be tried: the server wants criteria, and this search has none. */
  readonly untried: readonly What[];
  /** The first refusal that says something of this person, or of the server. */
  readonly problem: Problem | undefined;
}

export interface Known {
  /** Whether `/metadata` could be read from this page. */
  readonly readable: boolean;
  /** Whether the granted scopes do not cover it. */
  readonly lacksScope: (what: What) => boolean;
}

/** What a token lacks, too, servers may call required. */
const OF_TOKEN = /\b(?:claims?|scopes?)\b/i;

/** Whether a server refuses a search for want of criteria: that says nothing of anybody's rights. */
const wantsCriteria = (error: unknown): boolean =>
  error instanceof FhirError &&
  error.status === 400 &&
  needsMore(error) !== undefined &&
  !OF_TOKEN.test(error.detail ?? '');

/**
 * Reads the patient of the launch, if any, searches for one patient, and reads that: what the server
 * says to this person, now. Shows nothing of the patient.
 */
export async function tryReading(env: CheckEnv, known: Known): Promise<Tried> {
  const { fhir, signal, session } = env;
  const done: What[] = [];
  const failed = async (what: What, error: unknown): Promise<Tried> => {
    const { readable } = known;
    const attempt = { what, readable, lacksScope: known.lacksScope(what) };
    return { done, untried: [], problem: await problemOf(env, error, attempt) };
  };
  const launched = session?.context.patient;
  if (launched !== undefined) {
    try {
      await fhir?.client.read('Patient', launched, { signal });
      done.push('read');
    } catch (error) {
      return await failed('read', error);
    }
    // The scopes of a launch need not hold searches, and the table says so.
    if (known.lacksScope('search')) return { done, untried: [], problem: undefined };
  }
  let id: string | undefined;
  try {
    const found = await fhir?.client.search('Patient', { _count: 1 }, undefined, { signal });
    done.push('search');
    id = found?.items[0]?.id;
  } catch (error) {
    if (!wantsCriteria(error)) return await failed('search', error);
    return {
      done,
      untried: done.includes('read') ? ['search'] : ['search', 'read'],
      problem: undefined,
    };
  }
  if (id === undefined || launched !== undefined) return { done, untried: [], problem: undefined };
  try {
    await fhir?.client.read('Patient', id, { signal });
    done.push('read');
  } catch {
    // Of the patient found, who may be barred or be gone since: it says nothing of others.
  }
  return { done, untried: [], problem: undefined };
}
