import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '#app/app.tsx';
import type { Boot } from '#app/boot.ts';
import { createAppRouter } from '#app/routes.tsx';
import { loadConfig } from '#config/load.ts';
import type { AppConfig } from '#config/schema.ts';
import { openSession } from '#session/open-session.ts';

/** Config, then session: nothing here throws, because a blank page helps nobody. */
async function start(): Promise<Boot> {
  let config: AppConfig | undefined;
  try {
    config = await loadConfig();
    await openSession(config, new URL(location.href));
    return { config, error: undefined };
  } catch (error) {
    return { config, error };
  }
}

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no element with the id "root"');

const boot = await start();
const router = createAppRouter();
createRoot(container).render(
  <StrictMode>
    <App boot={boot} router={router} />
  </StrictMode>,
);

// Once there is nothing better to do: the chart, which most often comes next.
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000));
whenIdle(() => {
  void import('#features/chart/chart-layout.tsx');
  void import('#features/chart/summary-page.tsx');
});
