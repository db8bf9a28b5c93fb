import type { ReactNode } from 'react';
import type { ShownIdentifier } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from '#ui/class-names.ts';
import { CopyButton } from '#ui/copy-button.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import type { T } from '../panel.ts';
import styles from './banner.module.css';

/** Stands in for what is not there: what is withheld is not what nobody knows. */
export const missingWord = (withheld: boolean, t: T): string =>
  t(withheld ? 'absent.masked' : 'notKnown');

/** The name, else why there is none. */
export const nameText = ({ name, withheld }: BannerModel, t: T): string =>
  name ?? t(withheld.name ? 'nameWithheld' : 'nameNotKnown');

/** One labelled value; "Not Known" where there is none, never a dash (PAB-0019). */
export function Fact({
  label,
  title,
  extra,
  withheld = false,
  children,
}: {
  label: string;
  title?: string;
  /** Said where there is no value. */
  withheld?: boolean;
  /** Folded away on a narrow screen unless asked for. */
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

/** `14-Jul-1945 (61y)`; the age at death stands by itself (PAB-0034, 0038). */
export function bornText(model: BannerModel, t: T): string | undefined {
  const age = ageText(model, t);
  return model.born && age && !model.deceased ? `${model.born} (${age})` : model.born;
}

/** Birth, and below it death, because one is read against the other (PAB-0024). */
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

/** A number by which the patient is known; other programs are given it as it is recorded. */
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

/** The first number, or the first few. */
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
