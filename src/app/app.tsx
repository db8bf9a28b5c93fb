import { RouterProvider } from '@tanstack/react-router';
import { LocaleProvider } from '#i18n/provider.tsx';
import { Announcer } from '#ui/announcer.tsx';
import { ErrorBoundary } from '#ui/errors/error-boundary.tsx';
import { AppNameContext } from '#ui/page.tsx';
import { BootProvider, type Boot } from './boot.ts';
import { FailedPage } from './failed-page.tsx';
import type { AppRouter } from './routes.tsx';

/** The whole app, rendered after the start. */
export function App({ boot, router }: { boot: Boot; router: AppRouter }) {
  return (
    <LocaleProvider>
      <ErrorBoundary renderError={() => <FailedPage />}>
        <BootProvider value={boot}>
          <AppNameContext value={boot.config?.appName ?? 'Patient Browser'}>
            <Announcer>
              <RouterProvider router={router} />
            </Announcer>
          </AppNameContext>
        </BootProvider>
      </ErrorBoundary>
    </LocaleProvider>
  );
}
