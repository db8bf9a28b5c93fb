import type { Page } from 'playwright/test';
import type { Bundle, Patient } from 'fhir/r4';

/** Drops an element from every patient sent to the server, as if the server could not store it. */
export async function keepWithout(page: Page, element: keyof Patient): Promise<void> {
  const without = <A>(resource: A): A => ({ ...resource, [element]: undefined });
  await page.route(
    (url) => /\/fhir(\/Patient\/[^/]+)?\/?$/.test(url.pathname),
    async (route) => {
      const request = route.request();
      if (!['PUT', 'POST'].includes(request.method())) return route.fallback();
      const sent = request.postDataJSON() as Patient | Bundle;
      const kept =
        sent.resourceType === 'Patient'
          ? without(sent)
          : {
              ...sent,
              entry: sent.entry?.map((e) => ({
                ...e,
                resource: e.resource && without(e.resource),
              })),
            };
      return route.fallback({ postData: JSON.stringify(kept) });
    },
  );
}
