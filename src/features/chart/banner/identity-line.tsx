import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from '#ui/class-names.ts';
import { usePrintedAt } from '#ui/use-printed-at.ts';
import { bornText, missingWord, nameText } from './banner-facts.tsx';
import type { BannerModel } from './banner-model.ts';
import { messages } from '../messages.ts';
import { genderText } from '../qualifiers/gender-text.ts';
import styles from './banner.module.css';

/** Shows name, dates, gender and number (PAB-0016), in one line where there is room. */
function IdentityLine({ model }: { model: BannerModel }) {
  const t = useMessages(messages);
  return (
    <>
      <strong title={model.name}>
        <bdi>{nameText(model, t)}</bdi>
      </strong>{' '}
      <span>
        {t('born')} {bornText(model, t) ?? missingWord(model.withheld.born, t)}
      </span>{' '}
      {model.deceased && (
        <span>
          {t('died')} {model.deceased.died ?? missingWord(model.withheld.died, t)}
        </span>
      )}{' '}
      <span>
        {/* Without a label, "Other" and "Not Known" could refer to anything. */}
        {!model.gender?.endsWith('male') && `${t('gender')} `}
        {genderText(model, t) ?? missingWord(model.withheld.gender, t)}
      </span>{' '}
      <bdi>
        {model.numbers[0]?.value ??
          `${t('patientNumber')} ${missingWord(model.withheld.number, t)}`}
      </bdi>
    </>
  );
}

/**
 * Shows the identity at the top of the window while a banner too tall to stay there is scrolled out
 * of view. Hidden from assistive technology, which has the banner itself.
 */
export function PinnedIdentity({ model }: { model: BannerModel }) {
  return (
    <div
      className={classNames(styles.pinned, model.deceased && styles.deceased)}
      aria-hidden="true"
    >
      <IdentityLine model={model} />
    </div>
  );
}

/**
 * Prints patient, time, user and server at the top of every page: pages get separated, an old chart
 * looks like a current one, and one of a test server like a real one.
 */
export function PrintHead({ model }: { model: BannerModel }) {
  const t = useMessages(messages);
  const { server, user } = useFhir().session;
  const at = usePrintedAt();
  if (at === undefined) return null;
  return (
    <div className={styles.paper} aria-hidden="true">
      <div>
        <IdentityLine model={model} />{' '}
        <span>
          {t('printed', { at })} · <bdi>{user?.name}</bdi> {user && '· '}
          <bdi>{server.label}</bdi>
        </span>
      </div>
    </div>
  );
}
