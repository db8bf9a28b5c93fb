import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from './messages.ts';

const NOT_YET = ['proposal', 'plan', 'option'] as const;

/** Says so where a request is no order yet (https://hl7.org/fhir/R4/valueset-request-intent.html). */
export function Intent({ code }: { code: unknown }) {
  const t = useMessages(messages);
  const intent = NOT_YET.find((known) => known === code);
  return intent ? (
    <Flag tone="warning" icon="info">
      {t(`intent.${intent}`)}
    </Flag>
  ) : null;
}
