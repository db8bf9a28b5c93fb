import { createMemoryHistory } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { renderToString } from 'react-dom/server';
import { App } from '#app/app.tsx';
import { createAppRouter } from '#app/routes.tsx';
import { parseConfig } from '#config/load.ts';
import { prepare } from '#data/prepared.ts';
import { firstPageQuery } from '#features/patients/list/query/first-page-query.ts';
import type { PageUrl } from '#fhir/types.ts';
import { APP_NAME, SERVER_LABEL } from '#lib/early-page.ts';
import { method } from '#session/open/method.ts';
import { setSessionState } from '#session/state/store.ts';

/**
 * Renders the first list page with one placeholder row, as markup for the early script. Runs in
 * Node during the build.
 */
export async function prerender(): Promise<string> {
  const config = parseConfig({
    appName: APP_NAME,
    servers: [
      {
        id: 'only',
        label: SERVER_LABEL,
        fhirBaseUrl: 'https://fhir.example',
        auth: { type: 'open' },
      },
    ],
  });
  const [server] = config.servers;
  const session = server && (await method.restore(server));
  if (!session) throw new Error('An open server needs no sign-in');
  setSessionState({ state: 'ready', session, expired: false, signInAgain: undefined });
  const boot = { config, error: undefined };
  const { BASE_URL } = import.meta.env;
  const picture = async (): Promise<string> => {
    const history = createMemoryHistory({ initialEntries: [`${BASE_URL}patients`] });
    const router = createAppRouter(history);
    await router.load();
    return renderToString(<App boot={boot} router={router} />);
  };

  const before = prepare(session);
  const shadow = /<tbody[^>]*>(<tr.*?<\/tr>)/s.exec(await picture())?.[1];
  const { fhir, cache } = prepare(session);
  const nobody: Patient & { id: string } = { resourceType: 'Patient', id: 'nobody' };
  cache.setQueryData(firstPageQuery(fhir).queryKey, {
    items: [nobody],
    included: [],
    next: `${server.fhirBaseUrl}/Patient?page=2` as PageUrl,
    previous: undefined,
    self: undefined,
    total: undefined,
    notices: [],
  });
  const html = (await picture())
    .replace(/(<tbody[^>]*>).*?(<\/tbody>)/s, `$1${shadow}$2`)
    .replaceAll(/<!--.*?-->|<script>.*?<\/script>|<template><\/template>/gs, '')
    // The Content-Security-Policy forbids style attributes in markup; the early script restores
    // them.
    .replaceAll(/ style="([^"]*)"/g, ' data-style="$1"');
  // Timers of the query caches would keep Node running.
  for (const filled of [before.cache, cache]) filled.clear();
  if (!html.includes(APP_NAME) || !html.includes('<tbody') || !shadow) {
    throw new Error('The prerendered page is not the list');
  }
  return html;
}
