/**
 * Runs before the program has arrived: asks for the configuration and, where no sign-in stands
 * before the list, for the first patients, so that both travel beside the scripts. It decides
 * nothing: the program checks the configuration again and asks itself whatever is missing here.
 */
import { firstPageUrl } from '#features/patients/list/first-page.ts';
import { keepEarly } from '#lib/early-answers.ts';
import { appUrl } from '#lib/url.ts';

const isList = [appUrl(''), appUrl('patients')].includes(location.origin + location.pathname);

async function askEarly(): Promise<void> {
  const url = appUrl('config.json');
  const answer = fetch(url, { credentials: 'same-origin', redirect: 'error' });
  keepEarly(url, answer);
  if (!isList || location.search || history.state?.list) return;
  const config = await (await answer).clone().json();
  const [server] = config.servers;
  const alone = config.servers.length === 1 && !config.smartLaunch?.issuers?.length;
  // Headers of its own would make this another request than the one it stands for.
  const plain = server.auth.type === 'open' && !server.requests;
  if (!alone || !plain || !/^https:|^http:\/\/localhost[:/]/.test(server.fhirBaseUrl)) return;
  const first = firstPageUrl(server.fhirBaseUrl.replace(/\/+$/, ''));
  keepEarly(
    first,
    fetch(first, {
      headers: { accept: 'application/fhir+json' },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    }),
  );
}

// Whatever is wrong here is found, and said, by the program itself.
askEarly().catch(() => undefined);
if (isList) void import('#features/patients/list/list-page.tsx');
