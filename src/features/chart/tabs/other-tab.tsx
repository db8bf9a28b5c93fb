import { useEffect, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';
import { messages } from '../messages.ts';
import { patientHash, sharePatient } from './open-patients.ts';
import styles from './other-tab.module.css';

/** Warns while another tab shows another patient. */
export function OtherTab({ patientId }: { patientId: string }) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const { client } = useFhir();
  const [elsewhere, setElsewhere] = useState(false);
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    let stop = (): void => undefined;
    let over = false;
    const start = async (): Promise<void> => {
      const hash = await patientHash(client.baseUrl, patientId);
      if (!hash || over) return;
      stop = sharePatient(hash, (is) => {
        setElsewhere(is);
        if (!is) setHidden(false);
      });
    };
    void start();
    return () => {
      over = true;
      stop();
    };
  }, [client.baseUrl, patientId]);
  const text = t('otherTab');
  useEffect(() => {
    if (elsewhere) announce(text);
  }, [elsewhere, announce, text]);
  if (!elsewhere || hidden) return null;
  return (
    <div className={styles.note}>
      <Icon name="info" />
      <span>{text}</span>
      <Button
        variant="quiet"
        icon="close"
        aria-label={t('hideNote')}
        onClick={() => setHidden(true)}
      />
    </div>
  );
}
