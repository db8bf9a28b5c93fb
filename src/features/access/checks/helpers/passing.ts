import type { Judgement, T } from '../../check.ts';

/** Statuses with which servers report that a URL does not exist. */
const NOT_THERE: ReadonlySet<number> = new Set([400, 404, 405, 410, 501]);

type Meaning = Omit<Judgement, 'came'>;

/**
 * Returns the meaning of a status that may be temporary and does not depend on the configuration:
 * too many requests, or a server error. Not 501, which means that the server does not support the
 * request.
 */
export function passing(t: T, status: number): Meaning | undefined {
  if (status === 429) {
    return {
      verdict: 'attention',
      means: t('trouble429Cause'),
      mend: t('trouble429Mend'),
      explains: ['trouble429'],
    };
  }
  return status >= 500 && status !== 501
    ? { verdict: 'bad', means: t('metadataServerMeans'), mend: t('metadataServerMend') }
    : undefined;
}

/**
 * Returns the meaning of an error status, unless it says that the URL does not exist.
 *
 * @param came what the finding says that the server answered
 */
export function wrongStatus(t: T, { ok, status }: Response, came: string): Judgement | undefined {
  const busy = passing(t, status);
  if (busy) return { came, ...busy };
  return ok || NOT_THERE.has(status)
    ? undefined
    : { verdict: 'bad', came, means: t('statusOtherMeans'), mend: t('healthBadMend') };
}
