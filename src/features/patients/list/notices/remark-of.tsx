import type { Patient } from 'fhir/r4';
import { isModified } from '#fhir/caveats/modifiers.ts';
import type { SimilarReason } from '#fhir/duplicates/similar.ts';
import type { SearchParams } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import type { Translate } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import type { Remark } from '../rows/patient-table.tsx';
import { foundBy } from './found-by.ts';
import type { messages } from './messages.ts';

/**
 * Returns what the cells of a row do not tell: that an unknown modifier may change the meaning of the
 * record, that another row is alike, and by which other name the search found the patient.
 *
 * @param alike how another row resembles this one
 * @param params the search parameters that were sent
 */
export function remarkOf(
  patient: Patient,
  alike: SimilarReason | undefined,
  params: SearchParams,
  t: Translate<keyof (typeof messages)['en']>,
): Remark | undefined {
  const modified = isModified(patient);
  const { former, nickname } = foundBy(patient, params);
  const found =
    former.length > 0
      ? t('previously', { names: listText(former) })
      : nickname && t('alsoCalled', { name: nickname });
  const flags = (modified || alike) && (
    <>
      {modified && (
        <Flag tone="danger" icon="warning">
          {t('flagModified')}
        </Flag>
      )}
      {alike && (
        <Flag tone="warning" icon="warning">
          {t(alike === 'same-name' ? 'flagSameName' : 'flagSimilar')}
        </Flag>
      )}
    </>
  );
  return flags || found ? { ...(flags && { flags }), ...(found && { found }) } : undefined;
}
