import { useEffect, useRef, useState } from 'react';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { isAbort } from '#lib/app-error.ts';
import { saveFile } from '#lib/save-file.ts';
import { useStaySignedIn } from '#session/idle/use-stay-signed-in.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { messages } from './messages.ts';

type FetchFile = (o: { signal: AbortSignal; onBytes: (bytes: number) => void }) => Promise<Blob>;

/**
 * Downloads a file with the access token and saves it through the browser. Leaving the page cancels
 * the download.
 */
export function DownloadButton({
  name,
  fetchFile,
  onStart,
  onFailed,
}: {
  name: string;
  fetchFile: FetchFile;
  onStart: () => void;
  onFailed: (error: unknown) => void;
}) {
  const t = useMessages(messages);
  const locale = useLocale();
  const announce = useAnnounce();
  const [bytes, setBytes] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  // Stay signed in, because the end of an idle session would abort the download.
  useStaySignedIn(bytes !== undefined);

  const start = async (): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    let shown = 0;
    const onBytes = (n: number): void => {
      if (Date.now() - shown < 250) return; // hundreds of chunks may arrive per second
      shown = Date.now();
      setBytes(n);
    };
    onStart();
    setBytes(0);
    try {
      saveFile(await fetchFile({ signal, onBytes }), name);
      announce(t('saved', { name }));
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) onFailed(error);
    } finally {
      running.current = undefined;
      setBytes(undefined);
    }
  };

  const size = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format((bytes ?? 0) / 1e6);
  return bytes === undefined ? (
    <Button
      variant="quiet"
      icon="download"
      aria-label={t('downloadNamed', { name })}
      onClick={() => void start()}
    >
      {t('download')}
    </Button>
  ) : (
    <Button variant="quiet" icon="close" onClick={() => running.current?.abort()}>
      {t('stopDownload', { size })}
    </Button>
  );
}
