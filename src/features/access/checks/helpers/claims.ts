import type { Fact, MessageId, T } from '../../check.ts';
import { timeFormat } from '../../time.ts';

const TIMES: readonly string[] = ['iat', 'nbf', 'exp', 'auth_time'];

/** Returns the value of a claim, times in the local format. */
export function claimValue(name: string, value: unknown, locale: string): string {
  if (TIMES.includes(name) && typeof value === 'number') {
    return timeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(value * 1000);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (text ?? '').slice(0, 500);
}

/** Returns every claim with an explanation. */
export function claimFacts(
  claims: Readonly<Record<string, unknown>>,
  t: T,
  known: Readonly<Record<string, unknown>>,
  locale: string,
): Fact[] {
  return Object.entries(claims).map(([name, value]) => {
    const id = `claim_${name}`;
    return {
      label: name,
      value: claimValue(name, value, locale),
      note: t(Object.hasOwn(known, id) ? (id as MessageId) : 'claim_other'),
      copy: name === 'oid',
    };
  });
}
