import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type RefObject } from 'react';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { useHeadingFocus } from '#ui/page.tsx';
import { AllergyLine } from '../allergy/allergy-line.tsx';
import { Dates, Fact, nameText, NumberFact, Numbers } from './banner-facts.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import { PatientFlags } from './patient-flags.tsx';
import { PinnedIdentity } from './identity-line.tsx';
import { genderText } from '../qualifiers/gender-text.ts';
import { Replaced } from './replaced.tsx';
import { useKeepClear } from './use-keep-clear.ts';
import styles from './banner.module.css';

/** Length in characters from which a name is set smaller, to leave room for the page. */
const LONG = 80;

type HeadingRef = RefObject<HTMLHeadingElement | null>;

function Name({ model, headingRef }: { model: BannerModel; headingRef?: HeadingRef | undefined }) {
  const t = useMessages(messages);
  return (
    <h1
      ref={headingRef}
      tabIndex={-1}
      className={classNames(styles.name, (model.name?.length ?? 0) > LONG && styles.long)}
    >
      <bdi>{nameText(model, t)}</bdi>
    </h1>
  );
}

/**
 * The patient banner at the top of every patient page, in the order of NHS CUI Patient Banner
 * PAB-0016, from the resource that the page shows.
 *
 * @param settled false while only the row of the patient list is known
 */
export function Banner({
  model,
  patientId,
  settled,
}: {
  model: BannerModel;
  patientId: string;
  settled: boolean;
}) {
  const { ref, away } = useKeepClear();
  const headingRef = useHeadingFocus();
  return (
    <>
      <BannerFace
        model={model}
        settled={settled}
        sectionRef={ref}
        headingRef={headingRef}
        allergies={<AllergyLine patientId={patientId} />}
      />
      {away && <PinnedIdentity model={model} />}
    </>
  );
}

/** The banner without behaviour: sends no requests and takes no focus. */
export function BannerFace({
  model,
  settled,
  sectionRef,
  headingRef,
  allergies,
}: {
  model: BannerModel;
  settled: boolean;
  sectionRef?: RefObject<HTMLElement | null>;
  headingRef?: HeadingRef;
  /** The allergy line, for which the layout reserves space. */
  allergies: ReactNode;
}) {
  const t = useMessages(messages);
  const [more, setMore] = useState(false);
  const hasMore = Boolean(model.numbers.length > 1 || model.address || model.practitioners[0]);
  return (
    <section
      ref={sectionRef}
      aria-label={t('banner')}
      aria-busy={!settled || undefined}
      className={classNames(styles.banner, model.deceased && styles.deceased)}
    >
      <div className={styles.inner}>
        <div className={styles.who}>
          <Name model={model} headingRef={headingRef} />
          {model.preferred && (
            <p className={styles.preferred}>
              <span title={t('preferredNameTip')}>{t('preferredName')}</span>{' '}
              <bdi>{model.preferred}</bdi>
            </p>
          )}
          <PatientFlags model={model} />
        </div>
        <div className={styles.facts}>
          <Dates model={model} />
          <dl>
            <Fact label={t('gender')} title={t('genderTip')} withheld={model.withheld.gender}>
              {genderText(model, t)}
            </Fact>
            <Numbers model={model} all={more} />
            {!model.deceased && (
              <Fact
                label={t('contact')}
                title={t('contactTip')}
                extra={more ? 'shown' : 'folded'}
                withheld={model.withheld.contact}
              >
                {model.contact?.href ? (
                  <a href={model.contact.href}>{model.contact.value}</a>
                ) : (
                  model.contact?.value
                )}
              </Fact>
            )}
            {more && model.address && <Fact label={t('address')}>{model.address}</Fact>}
            {more && model.practitioners.length > 0 && (
              <Fact label={t('generalPractitioner')}>{listText(model.practitioners)}</Fact>
            )}
          </dl>
        </div>
        {(hasMore || !model.deceased) && (
          <div className={classNames(styles.toggle, !hasMore && styles.narrowOnly)}>
            <Button variant="quiet" aria-expanded={more} onClick={() => setMore(!more)}>
              {t(more ? 'showLess' : 'showMore')}
            </Button>
          </div>
        )}
        {allergies}
      </div>
      <Merged model={model} />
      <Replaced model={model} />
    </section>
  );
}

/** A merged record "must no longer be used" (R4 link-type `replaced-by`). */
function Merged({ model }: { model: BannerModel }) {
  const t = useMessages(messages);
  if (!model.status.merged) return null;
  return (
    <p className={styles.merged}>
      <strong>{t('mergedNotice')}</strong>{' '}
      {model.status.mergedInto ? (
        <Link to="/patients/$id" params={{ id: model.status.mergedInto }}>
          {t('openSurvivor')}
        </Link>
      ) : (
        t('survivorElsewhere')
      )}
    </p>
  );
}

/** The narrow strip shown when the EHR has its own banner (`need_patient_banner: false`). */
export function IdentityStrip({ model, settled }: { model: BannerModel; settled: boolean }) {
  const t = useMessages(messages);
  const { ref, away } = useKeepClear();
  const headingRef = useHeadingFocus();
  return (
    <>
      <section
        ref={ref}
        aria-label={t('identity')}
        aria-busy={!settled || undefined}
        className={classNames(styles.banner, styles.strip, model.deceased && styles.deceased)}
      >
        <div className={styles.inner}>
          <Name model={model} headingRef={headingRef} />
          <div className={styles.facts}>
            <Dates model={model} />
            <dl>
              <Fact label={t('gender')} title={t('genderTip')} withheld={model.withheld.gender}>
                {genderText(model, t)}
              </Fact>
              <NumberFact number={model.numbers[0]} withheld={model.withheld.number} />
            </dl>
          </div>
          <PatientFlags model={model} />
        </div>
        <Merged model={model} />
        <Replaced model={model} />
      </section>
      {away && <PinnedIdentity model={model} />}
    </>
  );
}
