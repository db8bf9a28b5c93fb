import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useEffect, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { today } from '#fhir/dates/dates.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import type { Chooser } from '../chooser.ts';
import { toCsv, toNdjson, type Selected } from './csv.ts';
import { download } from './download.ts';
import { messages } from './messages.ts';
import { newestKnown } from './newest-known.ts';
import { useEnter } from './use-enter.ts';
import styles from './selection.module.css';

export interface SelectionBarProps {
  selected: Selected;
  /** Rows of the current page. */
  rows: readonly Stored<Patient>[];
  /** Called once this code has loaded, and with it the code of the boxes. */
  onShown: (shown: boolean) => void;
  onChange: (selected: Selected) => void;
  onDone: () => void;
  /** Set while another program waits for the choice. */
  chooser: Chooser | undefined;
}

/** Actions on the selected rows of all pages. */
export function SelectionBar({
  selected: ticked,
  rows,
  onShown,
  onChange,
  onDone,
  chooser,
}: SelectionBarProps) {
  const t = useMessages(messages);
  const [said, setSaid] = useState('');
  const cache = useQueryClient();
  const fhir = useFhir();
  const selected = newestKnown(cache, fhir, ticked, rows);
  useEnter(chooser, selected);
  useEffect(() => onShown(true), [onShown]);
  const count = selected.size;
  const none = count === 0;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText([...selected.keys()].join('\n'));
      setSaid(t('copied', { count }));
    } catch {
      setSaid(t('copyFailed'));
    }
  };
  const save = (extension: string, type: string, content: string): void => {
    // The file name must not identify a patient.
    const file = `patients-${today()}.${extension}`;
    download(file, type, content);
    setSaid(t('downloaded', { file }));
  };
  const everybody = (): void =>
    onChange(new Map([...selected, ...rows.map((row) => [row.id, row] as const)]));

  return (
    <section className={styles.bar} aria-label={t('selection')}>
      <div className={styles.count} role="status">
        {t('selected', { count })}
        {said && <p>{said}</p>}
      </div>
      {(!chooser || chooser.multiple) && <Button onClick={everybody}>{t('selectPage')}</Button>}
      <Button disabled={none} onClick={() => onChange(new Map())}>
        {t('selectNone')}
      </Button>
      {chooser ? (
        <>
          <Button onClick={chooser.onCancel}>{t('cancel')}</Button>
          <Button
            variant="primary"
            icon="check"
            disabled={none}
            onClick={() => chooser.onChoose([...selected.keys()])}
          >
            {t('choose', { count })}
          </Button>
        </>
      ) : (
        <>
          <Button icon="copy" disabled={none} onClick={() => void copy()}>
            {t('copyIds')}
          </Button>
          <Button
            icon="download"
            disabled={none}
            onClick={() => save('csv', 'text/csv;charset=utf-8', toCsv(selected.values()))}
          >
            {t('csv')}
          </Button>
          <Button
            icon="download"
            disabled={none}
            onClick={() => save('ndjson', 'application/fhir+ndjson', toNdjson(selected.values()))}
          >
            {t('ndjson')}
          </Button>
          <Button
            onClick={() => {
              onChange(new Map()); // or whoever is ticked next would join these, unseen
              onDone();
            }}
          >
            {t('done')}
          </Button>
        </>
      )}
    </section>
  );
}
