import '#ui/base.css';
import { startTransition, StrictMode, useLayoutEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '#app/app.tsx';
import type { Boot } from '#app/boot.ts';
import { createAppRouter, preloadChart } from '#app/routes.tsx';
import { loadConfig } from '#config/fetch-config.ts';
import type { AppConfig } from '#config/schema.ts';
import { prepare } from '#data/prepared.ts';
import { firstPageQuery } from '#features/patients/list/query/first-page-query.ts';
import { AppError } from '#lib/app-error.ts';
import { closeEarlyPage, resumeEarlyPage } from '#lib/early-page.ts';
import { applySettings } from '#lib/settings.ts';
import { openSession } from '#session/open-session.ts';

/** Config, then session: nothing here throws, because a blank page helps nobody. */
async function start(): Promise<Boot> {
  let config: AppConfig | undefined;
  try {
    config = await loadConfig();
    const state = await openSession(config, new URL(location.href));
    // The patients are on screen already: the program begins with the same answer.
    if (closeEarlyPage() === 'patients' && state.state === 'ready') {
      const { fhir, cache } = prepare(state.session);
      await cache.prefetchQuery(firstPageQuery(fhir));
    }
    return { config, error: undefined };
  } catch (error) {
    return { config, error };
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no element with the id "root"');

/** Ends a task: between two of them what stands on the page already answers. */
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

// Again, where the early script was not allowed to.
applySettings();

// What is to be said from here on, the program says itself, however long a sign-in takes.
const late = document.getElementById('late');
if (late) late.hidden = true;

await breath();
const boot = await start();
await breath();
const router = createAppRouter();
// So that the program's first picture is the whole page, as the one that stands there is.
if (closeEarlyPage() !== 'nothing') await router.load();

/** Runs with the program's first picture, before the browser paints it. */
function FirstPicture({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    resumeEarlyPage();
    late?.remove();
  }, []);
  return children;
}

/** React writes errors whole, and their text may hold patient data: of them the console gets the kind. */
const onError = (error: unknown): void =>
  // oxlint-disable-next-line no-console -- whoever reports that a page stopped working can tell what
  console.error(error instanceof AppError ? error.kind : String((error as Error | null)?.name));
const onErrors = { onCaughtError: onError, onUncaughtError: onError, onRecoverableError: onError };

// In slices: what stands on the page already stays usable meanwhile.
startTransition(() => {
  createRoot(container, import.meta.env.DEV ? {} : onErrors).render(
    <StrictMode>
      <FirstPicture>
        <App boot={boot} router={router} />
      </FirstPicture>
    </StrictMode>,
  );
});

// What most often comes next.
preloadChart(router);
