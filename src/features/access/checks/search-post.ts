import { FhirError } from '#fhir/errors.ts';
import type { Check, CheckEnv } from '../check.ts';

/** Id that no patient has: a search for it finds none, unless the server ignores it. */
const NOBODY = 'access-check-nobody';

/** Statuses of a server without `POST _search`, or that accepts no form there. */
const REFUSALS: ReadonlySet<number> = new Set([404, 405, 415, 501]);

/** Whether searches by POST are configured and this response means that the server has none. */
export const refusesPost = ({ server }: CheckEnv, error: FhirError): boolean =>
  server?.requests.searchMethod === 'post' && REFUSALS.has(error.status);

/**
 * Checks whether the server reads the form of a search by POST. R4 requires it
 * (https://hl7.org/fhir/R4/http.html#search); Google's Healthcare API accepts the request but
 * ignores the form (its REST reference, `fhir.search-type`), so that a search for one patient
 * returns all.
 */
export const searchPost: Check = {
  id: 'search-post',
  title: 'searchPost',
  applies: ({ fhir, server }) => fhir !== undefined && server?.requests.searchMethod === 'post',
  run: async (env) => {
    const { t, fhir, signal } = env;
    const tested = t('searchPostTested');
    const mend = t('searchPostMend');
    try {
      const page = await fhir?.client.search('Patient', { _id: NOBODY }, undefined, { signal });
      if (!page?.items.length) {
        return { verdict: 'good', tested, came: t('searchPostOk'), means: t('searchPostOkMeans') };
      }
      const came = t('searchPostUnread');
      return { verdict: 'bad', tested, came, means: t('searchPostUnreadMeans'), mend };
    } catch (error) {
      if (!(error instanceof FhirError) || !refusesPost(env, error)) {
        const came = t('searchPostNone');
        return { verdict: 'info', tested, came, means: t('searchPostNoneMeans') };
      }
      const came = t('metadataServer', { status: error.status });
      return { verdict: 'bad', tested, came, means: t('searchPostRefusedMeans'), mend };
    }
  },
};
