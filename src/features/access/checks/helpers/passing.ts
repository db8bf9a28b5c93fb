import type { Finding, T } from '../../check.ts';

/** Statuses that say that there is nothing of the kind at an address, as servers word it. */
export const NOT_THERE: ReadonlySet<number> = new Set([400, 404, 405, 410, 501]);

type Meaning = Pick<Finding, 'verdict' | 'means' | 'mend' | 'explains'>;

/**
 * What a status means that says nothing of how a server is set up, and may pass by itself: too many
 * requests, and a fault of the server's own. 501 is neither: it does not offer what was asked for.
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
