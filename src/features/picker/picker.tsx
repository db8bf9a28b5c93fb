import { useMemo, useState, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { useSession } from '#session/state/provider.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { messages } from './messages.ts';
import { answer, readableOrigin, refusal, type PickerMessage } from './protocol.ts';

/** What a list needs to let the user choose patients for another application. */
export interface PickerChooser {
  readonly title: string;
  readonly lead: string;
  readonly multiple: boolean;
  onChoose: (ids: readonly string[]) => void;
  onCancel: () => void;
}

export interface PickerProps {
  /** Origin of the requesting application, from the URL of this window. */
  origin: string | undefined;
  multiple: boolean;
  /** `picker.origins` of the configuration. */
  allowed: readonly string[];
  /** The list to choose from. */
  children: (chooser: PickerChooser) => ReactNode;
}

/**
 * Lets the user choose patients for the application that opened this window, or tells why that is
 * not possible.
 */
export function Picker({ origin, multiple, allowed, children }: PickerProps) {
  const t = useMessages(messages);
  const { server } = useSession();
  const [over, setOver] = useState<'sent' | 'gone'>();
  const refused = refusal(origin, allowed, window.opener);
  const { fhirBaseUrl } = server;

  const chooser = useMemo((): PickerChooser | undefined => {
    if (refused || origin === undefined) return undefined;
    const send = (message: PickerMessage): void => {
      const sent = answer(window.opener as Window | null, origin, message);
      setOver(sent ? 'sent' : 'gone');
      if (sent) window.close();
    };
    return {
      title: t(multiple ? 'chooseMany' : 'chooseOne'),
      lead: t('asked', { origin, many: String(multiple) }),
      multiple,
      onChoose: (ids) => send({ type: 'patient-browser:chosen', fhirBaseUrl, ids }),
      onCancel: () => send({ type: 'patient-browser:cancelled' }),
    };
  }, [refused, origin, multiple, fhirBaseUrl, t]);

  if (over) {
    return (
      <Page title={t(multiple ? 'chooseMany' : 'chooseOne')} narrow>
        <Notice
          tone={over === 'sent' ? 'success' : 'warning'}
          role="status"
          title={t(over)}
          actions={<Button onClick={() => window.close()}>{t('close')}</Button>}
        />
      </Page>
    );
  }
  if (chooser) return children(chooser);
  return (
    <Page title={t('refusedTitle')} narrow>
      <Notice
        tone="danger"
        role="alert"
        title={t(refused ?? 'noOpener', { origin: readableOrigin(origin) ?? t('unreadable') })}
        actions={<ButtonLink to="/patients">{t('toPatients')}</ButtonLink>}
      />
    </Page>
  );
}
