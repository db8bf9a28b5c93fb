import { useMessages } from '#i18n/provider.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import type { IconName } from '#ui/icon.tsx';
import type { Fact, Finding, Verdict } from './check.ts';
import { messages } from './messages.ts';
import type { CheckRow } from './use-checks.ts';
import styles from './access.module.css';

/** Colour and icon of each verdict. */
export const LOOK: Readonly<Record<Verdict, { tone: Tone; icon: IconName }>> = {
  good: { tone: 'success', icon: 'check' },
  attention: { tone: 'warning', icon: 'warning' },
  bad: { tone: 'danger', icon: 'error' },
  info: { tone: 'neutral', icon: 'info' },
};

/** A check with its finding, or with its progress. */
export function CheckItem({ row, running }: { row: CheckRow; running: boolean }) {
  const t = useMessages(messages);
  const { check, finding } = row;
  const tone = finding ? styles[finding.verdict] : '';
  return (
    <li className={`${styles.check} ${tone}`} id={`check-${check.id}`} aria-busy={running}>
      <div className={styles.head}>
        <h3>{t(check.title)}</h3>
        {finding ? (
          <Flag {...LOOK[finding.verdict]}>{t(finding.verdict)}</Flag>
        ) : (
          <Flag>{t(running ? 'runningShort' : 'pending')}</Flag>
        )}
      </div>
      {finding && <Words finding={finding} />}
    </li>
  );
}

function Words({ finding }: { finding: Finding }) {
  const t = useMessages(messages);
  const { tested, came, means, mend, facts = [], json } = finding;
  return (
    <>
      <dl className={styles.words}>
        {tested && <dt>{t('tested')}</dt>}
        {tested && <dd>{tested}</dd>}
        <dt>{t('came')}</dt>
        <dd>{came}</dd>
        <dt>{t('means')}</dt>
        <dd>{means}</dd>
        {mend && <dt>{t('mend')}</dt>}
        {mend && <dd>{mend}</dd>}
      </dl>
      {facts.length > 0 && <Facts facts={facts} open={isWanted(finding)} />}
      {json !== undefined && <RawJson value={json} label={t('details')} />}
    </>
  );
}

/** Details are open if there is a problem, or if they contain values to copy. */
const isWanted = ({ verdict, facts = [], personal }: Finding): boolean =>
  verdict === 'bad' ||
  verdict === 'attention' ||
  (!personal && facts.some(({ copy }) => copy === true));

function Facts({ facts, open }: { facts: readonly Fact[]; open: boolean }) {
  const t = useMessages(messages);
  return (
    <details open={open}>
      <summary>{t('details')}</summary>
      <dl className={styles.facts}>
        {facts.map(({ label, value, note, copy }) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi> {copy && <CopyButton text={value} />}
              {note && <span className={styles.note}>{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
