import { Link } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { AllergyLine } from '../allergy/allergy-line.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import styles from './replaced.module.css';

/** Maximum number of replaced records that are shown: a hostile server may name a thousand. */
const MOST = 3;

/**
 * Links to the records that this one replaces and shows their allergies: servers do not move
 * clinical records on a merge, so an allergy may be recorded only there.
 */
export function Replaced({ model: { replaces } }: { model: BannerModel }) {
  const t = useMessages(messages);
  if (replaces.length === 0) return null;
  return (
    <div className={styles.replaced}>
      <p>{t('replacesNotice')}</p>
      {replaces.slice(0, MOST).map((id) => (
        <div key={id} className={styles.record}>
          <Link to="/patients/$id" params={{ id }}>
            {t('openReplaced')}
          </Link>
          <AllergyLine patientId={id} />
        </div>
      ))}
      {replaces.length > MOST && <p>{t('andMore', { n: replaces.length - MOST })}</p>}
    </div>
  );
}
