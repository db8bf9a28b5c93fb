import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from '../messages.ts';

const NOT_YET = ['proposal', 'plan', 'option'] as const;

/**
 * Flags a request that is not an order, or not an order of this organisation.
 *
 * @param reported true if the record is not the original but reported, such as what a patient takes
 *   at home: US Core sends that with the intent `plan`
 *   (https://hl7.org/fhir/us/core/STU6.1/medication-list.html) although it is not a plan
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
