import type { AppConfig, ServerConfig } from '#config/schema.ts';
import { onTabMessage } from './tab-storage/channel.ts';
import { readEntry, scrubbed, type Entry } from './entry/entry-url.ts';
import { LaunchError } from './errors.ts';
import { failedState, type Attempt } from './state/failed-state.ts';
import { guarded } from './state/guarded.ts';
import {
  forgetActivity,
  LEFT_KEY,
  startIdleWatch,
  stopIdleWatch,
  wasIdle,
  wasUsed,
} from './idle/idle-watch.ts';
import type { SignInMethod } from './method.ts';
import {
  leaveNotice,
  noteEnd,
  putBackOpened,
  recallOpened,
  rememberOpened,
  takeNotice,
  takeUpOpened,
  type Opened,
} from './tab-storage/opened.ts';
import { forgetOthers } from './tab-storage/owner.ts';
import { forgetRedirects } from './entry/redirect-guard.ts';
import { pageOfPatient, rememberPage, takePage, type PlaceToReturn } from './entry/return-to.ts';
import type { Session, SessionKind } from './session.ts';
import { signOut } from './sign-out.ts';
import { isAwaited } from './smart/launch/awaited.ts';
import type { SessionState, SignInInput, SignInNotice, SignInOption } from './state/state.ts';
import { forget, forgetEverything } from './tab-storage/storage.ts';
import { getSessionState, setSessionState } from './state/store.ts';

/** Loads the code of one kind only: an Entra ID user never downloads fhirclient, nor vice versa. */
// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive
function moduleOf(kind: SessionKind): Promise<{ readonly method: SignInMethod }> {
  switch (kind) {
    case 'entra':
      return import('./entra/method.ts');
    case 'smart':
      return import('./smart/method.ts');
    case 'open':
      return import('./open/method.ts');
    case 'token':
      return import('./token/method.ts');
  }
}

let opening: Promise<SessionState> | undefined;

/**
 * Opens the only session of this page: completes a launch or redirect in the URL, restores the
 * session from before a reload, or asks the user to sign in. Never rejects: a failure is a state. A
 * second call, such as React StrictMode makes, returns the result of the first.
 *
 * Removes all secrets from the URL first.
 */
export function openSession(config: AppConfig, url: URL): Promise<SessionState> {
  return (opening ??= open(config, url));
}

async function open(config: AppConfig, url: URL): Promise<SessionState> {
  const entry = readEntry(url, import.meta.env.BASE_URL);
  const address = scrubbed(url, entry);
  if (address !== url.pathname + url.search + url.hash) history.replaceState(null, '', address);
  watchTheWindow();
  await attempt(config, { entry, url, awaited: isAwaited() });
  return getSessionState();
}

async function attempt(config: AppConfig, attempted: Attempt): Promise<void> {
  try {
    await enter(config, attempted.entry);
  } catch (error) {
    setSessionState(failedState(error, attempted, () => void attempt(config, attempted)));
    void watchWhatIsLeft(config);
  }
}

async function enter(config: AppConfig, entry: Entry): Promise<void> {
  if (entry.kind === 'launch') {
    const { launch } = await import('./smart/launch/launch.ts');
    await launch(entry.params, config, rememberOpened);
    setSessionState({ state: 'leaving' });
    return;
  }
  if (entry.kind === 'callback') {
    const { finish } = await import('./smart/launch/callback.ts');
    const done = await finish(entry.params, config);
    if (done) {
      // An EHR may launch for many patients in a row, so a completed launch does not count as a
      // loop.
      if (done.launched) forgetRedirects();
      // Always take the stored page, so that no later load opens it. A launch has its own patient.
      const asked = takePage();
      const { patient } = done.session.context;
      const page = done.launched ? undefined : asked;
      adopt(config, done.session, pageOfPatient(patient, page, import.meta.env.BASE_URL));
      return;
    }
    // The user typed, reloaded or went back to `/callback`: an open session continues, without one
    // there is nothing to show.
    if (!(await restore(config))) throw new LaunchError('no-session', 'No answer to complete');
    history.replaceState(null, '', import.meta.env.BASE_URL);
    return;
  }
  if (!(await restore(config))) signedOut(config, takeNotice());
}

/** @returns whether a session was restored */
async function restore(config: AppConfig): Promise<boolean> {
  const opened = takeUpOpened();
  const server = (opened && (await findServer(config, opened))) ?? onlyOpenServer(config);
  if (!server) return false;
  const { method } = await moduleOf(server.auth.type);
  const session = await method.restore(server);
  if (session) {
    if (session.kind !== 'open' && (await wasIdle(config.idleTimeoutMinutes))) {
      await leave(config, session, 'idle', false);
    } else adopt(config, session, takePage());
    return true;
  }
  putBackOpened(undefined);
  if (wasUsed()) {
    const idle = await wasIdle(config.idleTimeoutMinutes);
    if (idle) noteEnd();
    leaveNotice(idle ? 'idle' : server.auth.type === 'token' ? 'token-forgotten' : 'expired');
  }
  return false;
}

/**
 * Returns the server of the previous session, if the configuration still means the same one. If its
 * id now names another server (a moved site, or several environments on one origin), the tab
 * forgets everything: neither its token nor input about a patient may reach that server, where the
 * same id may be another patient.
 */
async function findServer(
  config: AppConfig,
  { id, kind, base }: Opened,
): Promise<ServerConfig | undefined> {
  const server =
    config.servers.find((s) => s.id === id) ??
    (await import('./smart/site.ts')).siteById(config, id)?.server;
  if (server?.auth.type === kind && server.fhirBaseUrl === base) return server;
  forgetEverything();
  if (kind !== 'open') leaveNotice('expired');
  return undefined;
}

/** Returns the open server if it is the only choice, so that no sign-in page is needed. */
function onlyOpenServer(config: AppConfig): ServerConfig | undefined {
  const [only] = config.servers;
  const alone = config.servers.length === 1 && config.smartLaunch.issuers.length === 0;
  return alone && only?.auth.type === 'open' ? only : undefined;
}

let deaf: (() => void) | undefined;

function adopt(config: AppConfig, inner: Session, page?: PlaceToReturn): void {
  rememberOpened(inner.server);
  forgetOthers(inner);
  forget(LEFT_KEY);
  stopIdleWatch(); // the watch over input left by a session that ended
  if (page) history.replaceState(page.state ?? null, '', page.path);
  const session = guarded(inner, () => leave(config, inner, 'signed-out', false));
  deaf?.(); // messages for the previous session
  deaf = onTabMessage((message) => {
    if (message.type === 'signed-out' && inner.kind !== 'open') {
      void leave(config, inner, 'signed-out-elsewhere', true);
    }
  });
  if (inner.kind !== 'open') {
    startIdleWatch(config.idleTimeoutMinutes, () => void leave(config, inner, 'idle', false));
  }
  setSessionState({
    state: 'ready',
    session,
    expired: false,
    signInAgain: config.servers.some((s) => s.id === inner.server.id)
      ? (input = {}) => signIn(config, inner.server, input)
      : undefined,
  });
}

function leave(
  config: AppConfig,
  session: Session,
  notice: SignInNotice,
  local: boolean,
): Promise<void> {
  return signOut({ session, notice, local, showSignIn: () => signedOut(config, takeNotice()) });
}

function signedOut(config: AppConfig, notice: SignInNotice | undefined): void {
  forgetActivity();
  setSessionState({
    state: 'signed-out',
    servers: config.servers.map(option),
    launchable: config.smartLaunch.issuers.length > 0,
    notice,
    signIn: (id, input = {}) => {
      const server = config.servers.find((s) => s.id === id);
      if (!server) return Promise.reject(new Error(`There is no server "${id}"`));
      forgetRedirects();
      return signIn(config, server, input);
    },
  });
  void watchWhatIsLeft(config);
}

/**
 * Deletes the input that a session without a sign-out has left in this tab for its user, once the
 * idle time has passed. Runs while nobody is signed in.
 */
async function watchWhatIsLeft({ idleTimeoutMinutes: minutes }: AppConfig): Promise<void> {
  deaf?.();
  deaf = onTabMessage(({ type }) => {
    if (type === 'signed-out') forgetEverything();
  });
  const idle = await wasIdle(minutes, LEFT_KEY);
  const { state } = getSessionState();
  if (state === 'ready' || state === 'leaving') return; // a sign-in finished first
  if (idle) forgetEverything();
  startIdleWatch(minutes, forgetEverything, LEFT_KEY);
}

const option = (server: ServerConfig): SignInOption => ({
  id: server.id,
  label: server.label,
  kind: server.auth.type,
  fhirBaseUrl: server.fhirBaseUrl,
});

async function signIn(config: AppConfig, server: ServerConfig, input: SignInInput): Promise<void> {
  const { method } = await moduleOf(server.auth.type);
  const before = recallOpened();
  rememberPage();
  rememberOpened(server);
  try {
    const session = await method.signIn(server, input);
    if (session === 'leaving') setSessionState({ state: 'leaving' });
    else adopt(config, session, takePage());
  } catch (error) {
    takePage();
    putBackOpened(before);
    throw error;
  }
}

function watchTheWindow(): void {
  window.addEventListener('pageshow', (event) => {
    // The user went back from the identity provider to a page frozen in the back/forward cache.
    if (event.persisted && getSessionState().state === 'leaving') location.reload();
  });
}
