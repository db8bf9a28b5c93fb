import { useEffect, useRef, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { BadResponse } from '#fhir/errors.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { isAbort } from '#lib/app-error.ts';
import { saveFile } from '#lib/save-file.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import type { FileAttachment } from './attachment.ts';
import { fileName } from './file-name.ts';
import { messages } from './messages.ts';
import { fetchFile, isShownHere, viewOf, type View } from './open-file.ts';
import { FileFailed, FileView } from './file-view.tsx';

/** State of the file. */
type Step =
  | { readonly is: 'closed' }
  | { readonly is: 'fetching'; readonly bytes: number }
  | { readonly is: 'open'; readonly file: Blob; readonly view: View }
  | { readonly is: 'failed'; readonly error: unknown };

const CLOSED: Step = { is: 'closed' };

/** Shows or saves a file on request. Leaving the page aborts the download. */
export function AttachmentFile({ file, name }: { file: FileAttachment; name: string }) {
  const t = useMessages(messages);
  const locale = useLocale();
  const announce = useAnnounce();
  const fhir = useFhir();
  const [step, setStep] = useState<Step>(CLOSED);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const save = (got: Blob): void => {
    const saved = fileName(file.title, got.type, t('fallbackName'));
    // A neutral type, so that no browser renders the file.
    saveFile(new Blob([got], { type: 'application/octet-stream' }), saved);
    announce(t('saved', { name: saved }));
  };

  const start = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    let shown = 0;
    const onBytes = (bytes: number): void => {
      if (Date.now() - shown < 250) return; // hundreds of chunks may arrive per second
      shown = Date.now();
      setStep({ is: 'fetching', bytes });
    };
    setStep({ is: 'fetching', bytes: 0 });
    try {
      const got = await fetchFile(fhir, file, { signal: controller.signal, onBytes });
      controller.signal.throwIfAborted();
      const view = isShownHere(file.contentType) ? await viewOf(got) : undefined;
      if (!view) save(got);
      setStep(view ? { is: 'open', file: got, view } : CLOSED);
    } catch (error) {
      const isOver = isAbort(error) || controller.signal.aborted;
      setStep(isOver ? CLOSED : { is: 'failed', error });
    }
  };

  const size = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  const does = isShownHere(file.contentType) ? 'open' : 'download';
  return (
    <>
      {step.is === 'fetching' ? (
        <Button variant="quiet" icon="close" onClick={() => running.current?.abort()}>
          {t('stop', { size: size.format(step.bytes / 1e6) })}
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
          onClick={() => void start()}
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
