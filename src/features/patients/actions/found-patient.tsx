import type { Patient } from 'fhir/r4';
import { useFhir } from '#data/fhir-context.ts';
import { caveats } from '#fhir/caveats/caveats.ts';
import { displayName } from '#fhir/patient/names.ts';
import { gender, identifiers, patientStatus } from '#fhir/patient/patient.ts';
import type { Stored } from '#fhir/types.ts';
import { isolate } from '#i18n/isolate.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Flag } from '#ui/flag.tsx';
import { bornText } from '../form/compare/born-text.ts';
import { messages as formMessages } from '../form/messages.ts';
import { messages } from './messages.ts';
import styles from './actions.module.css';

/** Number of identifiers shown: the preferred one of the site, and one more to be sure. */
const IDENTIFIERS = 2;

/** A found record with its button, and the facts that distinguish it from namesakes. */
export function FoundPatient({
  patient,
  busy,
  onChoose,
}: {
  patient: Stored<Patient>;
  /** True while this record, which the user chose, is being read. */
  busy: boolean;
  onChoose: () => void;
}) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const { client } = useFhir();
  const { merged, inactive, deceased, test } = patientStatus(patient, client.baseUrl);
  const name = displayName(patient).text ?? t('nameNotKnown');
  const born = bornText(patient) ?? t('notKnown');
  const code = gender(patient);
  const numbers = identifiers(patient)
    .filter(({ old }) => !old)
    .slice(0, IDENTIFIERS)
    .map(({ type, value }) => [type, isolate(value)].filter(Boolean).join(' '));
  const facts = [born, ...(code ? [f(`gender.${code}`)] : []), ...numbers];
  return (
    <li>
      <div>
        <bdi>{name}</bdi>
        <div className={styles.facts}>
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
          {deceased && <Flag>{f('deceased')}</Flag>}
          {inactive && <Flag>{f('active.false')}</Flag>}
          {caveats(patient).includes('restricted') && (
            <Flag tone="warning" icon="lock">
              {t('flagRestricted')}
            </Flag>
          )}
          {test && (
            <Flag tone="info" icon="flask">
              {t('flagTest')}
            </Flag>
          )}
        </div>
      </div>
      {merged ? (
        <Flag tone="warning">{t('cannotReplaced')}</Flag>
      ) : (
        <Button
          busy={busy}
          aria-label={t('chooseOf', { name, facts: facts.join(', ') })}
          onClick={onChoose}
        >
          {t('choose')}
        </Button>
      )}
    </li>
  );
}
