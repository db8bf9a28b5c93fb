import { FhirError } from '#fhir/errors.ts';
import { needsMore } from '#fhir/search/needs-more.ts';
import type { CheckEnv } from '../../check.ts';
import { problemOf, type Attempt, type Problem } from './refusal.ts';

type What = Attempt['what'];

export interface Tried {
  /** Interactions that succeeded. */
  readonly done: readonly What[];
  /** Interactions that could not be tried, because the server requires search criteria. */
  readonly untried: readonly What[];
  /** First refusal that concerns this user or the server. */
  readonly problem: Problem | undefined;
}

export interface Known {
  /** Whether `/metadata` could be read from this page. */
  readonly readable: boolean;
  /** Whether the granted scopes lack the interaction. */
  readonly lacksScope: (what: What) => boolean;
}

/** Matches a message about a missing claim or scope, which servers may also call required. */
const OF_TOKEN = /\b(?:claims?|scopes?)\b/i;

/** Whether a server refused a search because it lacks criteria, which says nothing about rights. */
const wantsCriteria = (error: unknown): boolean =>
  error instanceof FhirError &&
  error.status === 400 &&
  needsMore(error) !== undefined &&
  !OF_TOKEN.test(error.detail ?? '');

/**
 * Reads the launched patient, if any, searches for one patient, and reads that one, to see what the
 * server allows this user now. Shows nothing of the patient.
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
    // The scopes of a launch may not include searches; the table shows that.
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
    // Concerns only this patient, who may be restricted or deleted.
  }
  return { done, untried: [], problem: undefined };
}
