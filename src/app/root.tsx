import { Navigate, Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { DataProvider } from '#data/provider.tsx';
import { SessionGuard } from '#features/sign-in/session-guard.tsx';
import { ConfigError } from '#lib/app-error.ts';
import { SessionProvider, useSession, useSessionState } from '#session/state/provider.tsx';
import { ToastProvider } from '#ui/toast.tsx';
import { useBoot } from './boot.ts';
import { LeavingPage, PendingPage } from './pending.tsx';
import { Shell } from './shell.tsx';

const ConfigErrorPage = lazy(async () => ({
  default: (await import('./error-pages/config-error-page.tsx')).ConfigErrorPage,
}));
const SignInPage = lazy(async () => ({
  default: (await import('#features/sign-in/sign-in-page.tsx')).SignInPage,
}));
const FailurePage = lazy(async () => ({
  default: (await import('#features/sign-in/failure-page.tsx')).FailurePage,
}));

const NoPatient = lazy(async () => ({
  default: (await import('#features/chart/launch/no-patient/no-patient.tsx')).NoPatient,
}));

/** Root of every page: provides the session, the data (if signed in) and the shell. */
export function Root() {
  return (
    <SessionProvider>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const state = useSessionState();
  const session = state.state === 'ready' ? state.session : undefined;
  const page = (
    <SessionGuard>
      <Shell session={session}>
        {session?.launched && !session.context.patient && (
          <Suspense>
            <NoPatient />
          </Suspense>
        )}
        <ToastProvider>
          <Suspense fallback={<PendingPage />}>
            <Outlet />
          </Suspense>
        </ToastProvider>
      </Shell>
    </SessionGuard>
  );
  return session ? <DataProvider session={session}>{page}</DataProvider> : page;
}

/** Renders the child routes only with an open session, otherwise the page for the current state. */
export function SignedIn() {
  const { error } = useBoot();
  const state = useSessionState();
  if (error instanceof ConfigError) return <ConfigErrorPage error={error} />;
  if (error !== undefined) return <FailurePage error={error} />;
  if (state.state === 'ready') return <Outlet />;
  if (state.state === 'leaving') return <LeavingPage />;
  if (state.state === 'failed') return <FailurePage error={state.error} retry={state.retry} />;
  return (
    <SignInPage
      options={state.servers}
      notice={state.notice}
      onSignIn={(id, input) => state.signIn(id, input)}
    />
  );
}

/**
 * `/`, `/launch` and `/callback` after the sign-in: redirects to the launched patient or to the
 * list.
 */
export function StartPage() {
  const { context } = useSession();
  return context.patient ? (
    <Navigate to="/patients/$id" params={{ id: context.patient }} replace />
  ) : (
    <Navigate to="/patients" replace />
  );
}
