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

/**
 * Loads the configuration, then opens the session. Never rejects: an error becomes a page, because
 * a blank page helps no user.
 */
async function start(): Promise<Boot> {
  let config: AppConfig | undefined;
  try {
    config = await loadConfig();
    const state = await openSession(config, new URL(location.href));
    // The early script has drawn the patients, so load the same response before the first render.
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

/** Ends the current task, so that the early page can react to input before the next one. */
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

// Repeated in case a Content-Security-Policy blocked the early script.
applySettings();

// From here on the program reports its own state, however long a sign-in takes.
const late = document.getElementById('late');
if (late) late.hidden = true;

await breath();
const boot = await start();
await breath();
const router = createAppRouter();
// Load the route first, so that the first render replaces the early page with a complete page.
if (closeEarlyPage() !== 'nothing') await router.load();

/** Runs with the program's first render, before the browser paints it. */
function FirstPicture({ children }: { children: ReactNode }) {
  useLayoutEffect(() => {
    resumeEarlyPage();
    late?.remove();
  }, []);
  return children;
}

/**
 * Logs only the kind of an error. React would log the whole error, whose text may hold patient
 * data.
 */
const onError = (error: unknown): void =>
  // oxlint-disable-next-line no-console -- users can quote it when they report a failure
  console.error(error instanceof AppError ? error.kind : String((error as Error | null)?.name));
const onErrors = { onCaughtError: onError, onUncaughtError: onError, onRecoverableError: onError };

// A transition renders in slices, so the early page stays usable meanwhile.
startTransition(() => {
  createRoot(container, import.meta.env.DEV ? {} : onErrors).render(
    <StrictMode>
      <FirstPicture>
        <App boot={boot} router={router} />
      </FirstPicture>
    </StrictMode>,
  );
});

// Users open a chart next in most cases.
preloadChart(router);
