import type { ReactNode } from 'react';
import type { ShownIdentifier } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from '#ui/class-names.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import type { T } from '../panel.ts';
import styles from './banner.module.css';

/** Returns the word for a missing value: a withheld value differs from an unknown one. */
export const missingWord = (withheld: boolean, t: T): string =>
  t(withheld ? 'absent.masked' : 'notKnown');

/** Returns the name, or why there is none. */
export const nameText = ({ name, withheld }: BannerModel, t: T): string =>
  name ?? t(withheld.name ? 'nameWithheld' : 'nameNotKnown');

/** Shows a labelled value; "Not Known" where there is none, never a dash (PAB-0019). */
export function Fact({
  label,
  title,
  extra,
  withheld = false,
  children,
}: {
  label: string;
  title?: string;
  /** True if a missing value is withheld, not unknown. */
  withheld?: boolean;
  /** Set for a fact that a narrow screen shows only on request. */
  extra?: 'folded' | 'shown';
  children: ReactNode;
}) {
  const t = useMessages(messages);
  return (
    <div
      className={classNames(styles.fact, extra && styles.second, extra === 'shown' && styles.open)}
    >
      <dt title={title}>{label}</dt>
      <dd>
        {(typeof children === 'string' ? children && <bdi>{children}</bdi> : children) ||
          missingWord(withheld, t)}
      </dd>
    </div>
  );
}

function ageText({ age }: BannerModel, t: T): string | undefined {
  return age && (age.approx ? t('ageApprox', { age: age.value }) : age.value);
}

/** Returns `14-Jul-1945 (61y)`; the age at death is shown separately (PAB-0034, 0038). */
export function bornText(model: BannerModel, t: T): string | undefined {
  const age = ageText(model, t);
  return model.born && age && !model.deceased ? `${model.born} (${age})` : model.born;
}

/** Shows the birth date and, below it, the date of death, to be read together (PAB-0024). */
export function Dates({ model }: { model: BannerModel }) {
  const t = useMessages(messages);
  const age = ageText(model, t);
  return (
    <dl className={styles.dates}>
      <Fact label={t('born')} title={t('bornTip')} withheld={model.withheld.born}>
        {model.born && <span title={model.bornLong}>{bornText(model, t)}</span>}
      </Fact>
      {model.deceased && (
        <Fact label={t('died')} title={t('diedTip')} withheld={model.withheld.died}>
          {model.deceased.died}
        </Fact>
      )}
      {model.deceased && age && (
        <Fact label={t('ageAtDeath')} title={t('ageAtDeathTip')}>
          {age}
        </Fact>
      )}
    </dl>
  );
}

/** Shows an identifier of the patient; the copy button copies it as it is recorded. */
export function NumberFact({
  number,
  withheld = false,
}: {
  number: ShownIdentifier | undefined;
  withheld?: boolean;
}) {
  const t = useMessages(messages);
  return (
    <Fact
      label={number?.type ?? t('patientNumber')}
      title={number?.assigner ?? t('patientNumberTip')}
      withheld={withheld}
    >
      {number && (
        <span className={styles.number}>
          <bdi>{number.value}</bdi>
          <CopyButton text={number.raw} name={t('copyNumber', { number: number.value })} />
        </span>
      )}
    </Fact>
  );
}

/** Shows the first identifier, or with `all` the first four. */
export function Numbers({ model, all }: { model: BannerModel; all: boolean }) {
  const [first, ...others] = model.numbers;
  return (
    <>
      <NumberFact number={first} withheld={model.withheld.number} />
      {all &&
        others
          .slice(0, 3)
          .map((number) => <NumberFact key={`${number.system}|${number.raw}`} number={number} />)}
    </>
  );
}
