import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { BadResponse } from '#fhir/errors.ts';
import { megabytes } from '#i18n/megabytes.ts';
import { useMessages } from '#i18n/provider.tsx';
import { saveFile } from '#lib/save-file.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { useDownload } from '#ui/use-download.ts';
import type { FileAttachment } from './attachment.ts';
import { fileName } from './file-name.ts';
import { messages } from './messages.ts';
import { fetchFile, isShownHere, viewOf, type View } from './open-file.ts';
import { FileFailed, FileView } from './file-view.tsx';

/** State of the file, unless it is being fetched. */
type Step =
  | { readonly is: 'closed' }
  | { readonly is: 'open'; readonly file: Blob; readonly view: View }
  | { readonly is: 'failed'; readonly error: unknown };

const CLOSED: Step = { is: 'closed' };

/** Shows or saves a file on request. Leaving the page aborts the download. */
export function AttachmentFile({ file, name }: { file: FileAttachment; name: string }) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const fhir = useFhir();
  const [step, setStep] = useState<Step>(CLOSED);
  const { bytes, start, stop } = useDownload();

  const save = (got: Blob): void => {
    const saved = fileName(file.title, got.type, t('fallbackName'));
    // A neutral type, so that no browser renders the file.
    saveFile(new Blob([got], { type: 'application/octet-stream' }), saved);
    announce(t('saved', { name: saved }));
  };

  const download = (): void => {
    setStep(CLOSED);
    void start(
      async (receiver) => {
        const got = await fetchFile(fhir, file, receiver);
        receiver.signal.throwIfAborted();
        const view = isShownHere(file.contentType) ? await viewOf(got) : undefined;
        if (view) setStep({ is: 'open', file: got, view });
        else save(got);
      },
      (error) => setStep({ is: 'failed', error }),
    );
  };

  const does = isShownHere(file.contentType) ? 'open' : 'download';
  return (
    <>
      {bytes !== undefined ? (
        <Button variant="quiet" icon="close" onClick={stop}>
          {t('stop', { size: megabytes(bytes) })}
        </Button>
      ) : step.is === 'open' ? (
        <Button
          variant="quiet"
          icon="close"
          aria-label={t('closeNamed', { name })}
          onClick={() => setStep(CLOSED)}
        >
          {t('close')}
        </Button>
      ) : (
        <Button
          variant="quiet"
          icon={does === 'open' ? 'document' : 'download'}
          aria-label={t(`${does}Named`, { name })}
          onClick={download}
        >
          {t(does)}
        </Button>
      )}
      {step.is === 'open' && (
        <FileView
          view={step.view}
          name={name}
          onSave={() => save(step.file)}
          onBroken={() =>
            setStep({ is: 'failed', error: new BadResponse('the image cannot be drawn', 200) })
          }
        />
      )}
      {step.is === 'failed' && <FileFailed error={step.error} name={name} />}
    </>
  );
}
