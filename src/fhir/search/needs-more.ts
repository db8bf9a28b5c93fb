import { FhirError } from '../errors.ts';
import { issueText } from '../outcome.ts';

/** The search criteria that a server demands when it refuses to list all patients. */
export interface NeedsMore {
  /** Search parameters that the error names; often none. */
  readonly params: readonly string[];
  /** True if the server says that too many records match, not that a criterion is missing. */
  readonly tooMany: boolean;
}

/**
 * Phrases by which servers demand criteria: Oracle's plain text, diagnostics of Epic and others.
 */
const WANTS =
  /no (?:supported )?search param|at least|must (?:have|provide|include|specify|supply|be (?:provided|specified|given))|(?:is|are) required|requires?\b|missing (?:required )?(?:search )?param|not enough/i;
const TOO_MANY = /too (?:many|broad|costly)|narrow|refine/i;

const NAMED =
  /\b(?:identifier|family|given|name|birth-?date|gender|phone|telecom|email|_id|address(?:-postalcode)?)\b/gi;

/** Returns the criteria that a refusal demands; undefined for any other refusal. */
export function needsMore(error: unknown): NeedsMore | undefined {
  if (!(error instanceof FhirError) || ![400, 403, 422].includes(error.status)) return undefined;
  const codes = new Set<string>(error.issues.map(({ code }) => code));
  const texts = error.issues.map(issueText).filter((text) => text !== undefined);
  const text = [...texts, error.detail ?? ''].join(' ');
  const tooMany = codes.has('too-costly') || TOO_MANY.test(text);
  if (!tooMany && !codes.has('required') && !WANTS.test(text)) return undefined;
  const named = (text.match(NAMED) ?? []).map((name) => name.toLowerCase().replace('h-d', 'hd'));
  return { params: [...new Set(named)], tooMany };
}
