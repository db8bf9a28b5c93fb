import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { recentlyOpened, type Opened } from '#data/recently-opened.ts';
import { formatDate } from '#fhir/dates/dates.ts';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './recent.module.css';

/** Lists recently opened patients below the empty search box while it has the focus. */
export function Recent({ hidden }: { hidden: boolean }) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const [opened] = useState(() => recentlyOpened(fhir, cache));
  return hidden || opened.length === 0 ? null : <RecentList opened={opened} />;
}

function RecentList({ opened }: { opened: Opened }) {
  const t = useMessages(messages);
  const [closed, setClosed] = useState(false);
  const ref = useRef<HTMLElement>(null);

  // Escape hides the list, which covers content, until the focus leaves (WCAG 2.2, 1.4.13).
  useEffect(() => {
    const around = ref.current?.parentElement;
    if (!around) return undefined;
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // The list is hidden, so a focus on one of its links returns to the search box.
      if (ref.current?.contains(document.activeElement)) around.querySelector('input')?.focus();
      setClosed(true);
    };
    const leave = ({ relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && around.contains(relatedTarget))) setClosed(false);
    };
    around.addEventListener('keydown', key);
    around.addEventListener('focusout', leave);
    return () => {
      around.removeEventListener('keydown', key);
      around.removeEventListener('focusout', leave);
    };
  }, []);

  return (
    <nav ref={ref} className={styles.recent} hidden={closed} aria-label={t('recent')}>
      <p className={styles.title} aria-hidden="true">
        {t('recent')}
        <span>{t('forgotten')}</span>
      </p>
      <ul>
        {opened.map((patient) => {
          const born = formatDate(patient.birthDate);
          return (
            <li key={patient.id}>
              <Link to="/patients/$id" params={{ id: patient.id }}>
                <bdi>{displayName(patient).text ?? t('nameNotKnown')}</bdi>
                {born && <span>{t('born', { date: born })}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
