import { Link } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { AllergyLine } from '../allergy/allergy-line.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import styles from './replaced.module.css';

/** A person has a duplicate or two; a hostile server may name a thousand, each asked for. */
const MOST = 3;

/**
 * Records that this one replaces. Servers leave with them what was recorded there: an allergy that
 * only the record out of use knows is told here, and the way to the rest.
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
