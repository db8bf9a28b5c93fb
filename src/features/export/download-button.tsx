import { megabytes } from '#i18n/megabytes.ts';
import { useMessages } from '#i18n/provider.tsx';
import { saveFile } from '#lib/save-file.ts';
import { useStaySignedIn } from '#session/idle/use-stay-signed-in.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { useDownload, type Receiver } from '#ui/use-download.ts';
import { messages } from './messages.ts';

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
  fetchFile: (receiver: Receiver) => Promise<Blob>;
  onStart: () => void;
  onFailed: (error: unknown) => void;
}) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const { bytes, start, stop } = useDownload();
  // Stay signed in, because the end of an idle session would abort the download.
  useStaySignedIn(bytes !== undefined);

  const download = (): void => {
    onStart();
    void start(async (receiver) => {
      saveFile(await fetchFile(receiver), name);
      announce(t('saved', { name }));
    }, onFailed);
  };

  return bytes === undefined ? (
    <Button
      variant="quiet"
      icon="download"
      aria-label={t('downloadNamed', { name })}
      onClick={download}
    >
      {t('download')}
    </Button>
  ) : (
    <Button variant="quiet" icon="close" onClick={stop}>
      {t('stopDownload', { size: megabytes(bytes) })}
    </Button>
  );
}
