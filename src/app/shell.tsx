import { Link } from '@tanstack/react-router';
import { Suspense, useContext, useState, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { beforeSignOut } from '#session/before-sign-out.ts';
import type { Session } from '#session/session.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { AppNameContext } from '#ui/page.tsx';
import { MissingDialog } from '#ui/dialog/plain-missing.tsx';
import { messages } from './messages.ts';
import styles from './shell.module.css';

/** Header bar and main landmark of every page. */
export function Shell({
  session,
  children,
}: {
  session: Session | undefined;
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const appName = useContext(AppNameContext);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <header className={styles.bar}>
        <span className={styles.name}>{appName}</span>
        <nav className={styles.nav} aria-label={t('main')}>
          <Link to="/patients" className={styles.link} activeProps={ACTIVE}>
            {t('patients')}
          </Link>
          <Link to="/access" className={styles.link} activeProps={ACTIVE}>
            {t('accessCheck')}
          </Link>
        </nav>
        <div className={styles.account}>
          {session && <Who session={session} />}
          <Settings />
          {session && <SignOut session={session} />}
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}

const ACTIVE = { className: styles.active, 'aria-current': 'page' } as const;

function Who({ session: { server, user } }: { session: Session }) {
  const t = useMessages(messages);
  return (
    <>
      <span className={styles.server}>
        <span className="visually-hidden">{t('server')} </span>
        {server.label}
      </span>
      {user && (
        <span className={styles.user}>
          <Icon name="person" />
          <span className="visually-hidden">{t('signedInAs')} </span>
          <bdi className={styles.userName}>{user.name}</bdi>
        </span>
      )}
    </>
  );
}

const SettingsDialog = lazyPart(
  async () => (await import('#features/settings/settings-dialog.tsx')).SettingsDialog,
  MissingDialog,
);

function Settings() {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        icon="settings"
        aria-label={t('settings')}
        onClick={() => setOpen(true)}
      />
      {open && (
        <Suspense>
          <SettingsDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function SignOut({ session }: { session: Session }) {
  const t = useMessages(messages);
  const [busy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    if ((await beforeSignOut.ask?.()) === false) return;
    setBusy(true);
    try {
      await session.signOut();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="quiet" icon="sign-out" busy={busy} onClick={signOut}>
      {t('signOut')}
    </Button>
  );
}
