import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from '../messages.ts';

const NOT_YET = ['proposal', 'plan', 'option'] as const;

/**
 * Says so where a request is no order, or no order of this house.
 *
 * @param reported not the original record but what somebody told, as with what a patient takes at
 *   home: US Core sends that as a plan (https://hl7.org/fhir/us/core/STU6.1/medication-list.html),
 *   and it is no plan
 * @see https://hl7.org/fhir/R4/valueset-request-intent.html
 */
export function Intent({ code, reported = false }: { code: unknown; reported?: boolean }) {
  const t = useMessages(messages);
  const intent = NOT_YET.find((known) => known === code && !(reported && known === 'plan'));
  return (
    intent && (
      <Flag tone="warning" icon="info">
        {t(`intent.${intent}`)}
      </Flag>
    )
  );
}
