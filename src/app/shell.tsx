import { Link } from '@tanstack/react-router';
import { useContext, useState, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import type { Session } from '#session/session.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { AppNameContext } from '#ui/page.tsx';
import { messages } from './messages.ts';
import styles from './shell.module.css';

/** The bar at the top and the main landmark. */
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
        {session && <Account session={session} />}
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  );
}

const ACTIVE = { className: styles.active, 'aria-current': 'page' } as const;

function Account({ session }: { session: Session }) {
  const t = useMessages(messages);
  const [busy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    setBusy(true);
    try {
      await session.signOut();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.account}>
      <span className={styles.server}>
        <span className="visually-hidden">{t('server')} </span>
        {session.server.label}
      </span>
      {session.user && (
        <span className={styles.user}>
          <Icon name="person" />
          <span className="visually-hidden">{t('signedInAs')} </span>
          <span className={styles.userName}>{session.user.name}</span>
        </span>
      )}
      <Button variant="quiet" icon="sign-out" busy={busy} onClick={signOut}>
        {t('signOut')}
      </Button>
    </div>
  );
}
