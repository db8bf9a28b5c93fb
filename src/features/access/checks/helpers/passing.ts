import type { Finding, T } from '../../check.ts';

/** Statuses with which servers report that a URL does not exist. */
export const NOT_THERE: ReadonlySet<number> = new Set([400, 404, 405, 410, 501]);

type Meaning = Pick<Finding, 'verdict' | 'means' | 'mend' | 'explains'>;

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
