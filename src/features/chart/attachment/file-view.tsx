import { useEffect, useRef } from 'react';
import { TooLarge } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import type { View } from './open-file.ts';
import text from './attachment-view.module.css';
import styles from './file-view.module.css';

/** Shows a file on the page, as text or as an image. */
export function FileView({
  view,
  name,
  onSave,
  onBroken,
}: {
  view: View;
  name: string;
  onSave: () => void;
  onBroken: () => void;
}) {
  const t = useMessages(messages);
  if (view.kind === 'image') return <Picture image={view.image} name={name} onBroken={onBroken} />;
  return (
    <>
      <div className={text.content} dir="auto">
        {view.content}
      </div>
      {view.cut && (
        <p>
          {t('cut')}{' '}
          <Button icon="download" aria-label={t('downloadNamed', { name })} onClick={onSave}>
            {t('download')}
          </Button>
        </p>
      )}
    </>
  );
}

function Picture({ image, name, onBroken }: { image: Blob; name: string; onBroken: () => void }) {
  const shown = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(image);
    if (shown.current) shown.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [image]);
  return <img ref={shown} className={styles.image} alt={name} onError={onBroken} />;
}

/** Says why a file could not be loaded. */
export function FileFailed({ error, name }: { error: unknown; name: string }) {
  const t = useMessages(messages);
  if (!(error instanceof TooLarge)) return <ErrorAlert error={error} />;
  return (
    <Notice tone="danger" role="alert" title={t('tooLarge', { name })}>
      <p>{t('tooLargeText', { n: error.limit / 1024 / 1024 })}</p>
    </Notice>
  );
}
