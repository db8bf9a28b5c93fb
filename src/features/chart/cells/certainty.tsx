import { icdQualifiers } from '#fhir/values/icd-10-gm.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { ClinicalStatus, conceptCode, Lines } from './cells.tsx';
import { messages } from '../messages.ts';

interface Diagnosis {
  readonly code?: unknown;
  readonly clinicalStatus?: unknown;
  readonly verificationStatus?: unknown;
}

const coded = (code: string) => ({ coding: [{ code }] });

/** Returns the less certain of the verification status and the ICD-10-GM certainty letter. */
function verification({ code, verificationStatus }: Diagnosis): unknown {
  const sure = conceptCode(verificationStatus) ?? 'confirmed';
  const { certainty } = icdQualifiers(code);
  if (sure === 'entered-in-error') return verificationStatus;
  if (certainty === 'A') return coded('refuted');
  return certainty === 'V' && sure === 'confirmed' ? coded('unconfirmed') : verificationStatus;
}

/** Shows the status of a problem and its certainty: a suspicion must not look like a diagnosis. */
export function Certainty({ of }: { of: Diagnosis }) {
  const t = useMessages(messages);
  const status = (
    <ClinicalStatus
      of={{ clinicalStatus: of.clinicalStatus, verificationStatus: verification(of) }}
    />
  );
  if (icdQualifiers(of.code).certainty !== 'Z') return status;
  return <Lines lines={[status, <Flag key="after">{t('certainty.Z')}</Flag>]} />;
}
