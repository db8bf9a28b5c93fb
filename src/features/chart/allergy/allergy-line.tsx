import { Link } from '@tanstack/react-router';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { SHOWN } from './allergy-state.ts';
import { statementWords } from './allergy-words.ts';
import { messages } from '../messages.ts';
import { useAllergiesGranted, useAllergyState } from './use-allergy-state.ts';
import styles from '../banner/banner.module.css';

/** Shows exactly one of the four allergy states, with a link to the details. */
export function AllergyLine({ patientId }: { patientId: string }) {
  const t = useMessages(messages);
  const allergy = useAllergyState(patientId);
  const granted = useAllergiesGranted();
  const part = granted.length > 0 && (
    <span className={styles.names}>{t('grantedPart', { parts: listText(granted) })}</span>
  );
  const link = (text: string) => (
    <Link to="/patients/$id/$panel" params={{ id: patientId, panel: 'allergies' }}>
      {text}
    </Link>
  );
  if (allergy.state === 'known') {
    return (
      <div className={styles.allergies}>
        <Flag tone="danger" icon="warning">
          {link(t('allergiesKnown'))}
        </Flag>
        <span className={styles.names}>
          {listText(allergy.names.map((name) => name ?? t('substanceUnknown')))}
          {allergy.more > 0 && ` ${t('andMore', { n: allergy.more })}`}
          {allergy.partial && ` (${t('perhapsMore')})`}
        </span>
        {part}
      </div>
    );
  }
  const statements = 'statements' in allergy ? (allergy.statements ?? []) : [];
  const said = [...new Set(statements.map((s) => statementWords(s, t)))].filter(
    (words) => words !== undefined,
  );
  return (
    <div className={styles.allergies} aria-busy={allergy.state === 'loading' || undefined}>
      {allergy.state === 'none-known' && <Flag icon="check">{link(t('allergiesNone'))}</Flag>}
      {allergy.state === 'not-recorded' && (
        <Flag tone="warning" icon="info">
          {link(t('allergiesNotRecorded'))}
        </Flag>
      )}
      {allergy.state === 'unavailable' && (
        <Flag tone="warning" icon="warning">
          {link(t('allergiesUnavailable'))}
        </Flag>
      )}
      {said.length > 0 && (
        <span className={styles.names}>
          {t('recordedOnly', { words: listText(said.slice(0, SHOWN)) })}
          {said.length > SHOWN && ` ${t('andMore', { n: said.length - SHOWN })}`}
          {allergy.state === 'unavailable' && ` (${t('perhapsMore')})`}
        </span>
      )}
      {allergy.state === 'unavailable' && part}
      {allergy.state === 'loading' && <Flag>{t('allergiesLoading')}</Flag>}
    </div>
  );
}

/** The allergy line before the search is sent. */
export function AllergiesAwaited() {
  const t = useMessages(messages);
  return (
    <div className={styles.allergies} aria-busy="true">
      <Flag>{t('allergiesLoading')}</Flag>
    </div>
  );
}
