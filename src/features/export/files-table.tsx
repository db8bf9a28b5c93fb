import { useState } from 'react';
import type { BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import { fileName, type ExportFile } from '#fhir/bulk-export/bulk-export-manifest.ts';
import { TooLarge } from '#fhir/errors.ts';
import { safeHref } from '#fhir/safe-url.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DataTable, type Column } from '#ui/table/data-table.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { DownloadButton } from './download-button.tsx';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Maximum length of a signed URL, which may contain a session token of thousands of characters. */
const LONGEST_SIGNED = 16_384;

/**
 * Table of the files of one kind. The access token is never sent to files outside the FHIR base:
 * they are shown as links if they need no token, such as signed URLs, otherwise as text.
 */
export function FilesTable({
  caption,
  files,
  needsToken,
  bulk,
}: {
  caption: string;
  files: readonly ExportFile[];
  needsToken: boolean;
  bulk: BulkExport;
}) {
  const t = useMessages(messages);
  const locale = useLocale();
  const [failed, setFailed] = useState<{ name: string; error: unknown }>();
  const columns: Column<ExportFile>[] = [
    { id: 'type', header: t('type'), rowHeader: true, cell: ({ type }) => type },
    {
      id: 'records',
      header: t('records'),
      align: 'end',
      cell: ({ count }) =>
        count === undefined ? t('notCounted') : new Intl.NumberFormat(locale).format(count),
    },
    {
      id: 'file',
      header: t('file'),
      width: '60%',
      cell: (file) => (
        <div className={styles.file}>
          <span className={styles.address}>{file.url ? fileName(file) : file.address}</span>
          {file.url ? (
            <DownloadButton
              name={fileName(file)}
              fetchFile={(o) => bulk.download(file, { ...o, needsToken })}
              onStart={() => setFailed(undefined)}
              onFailed={(error) => setFailed({ name: fileName(file), error })}
            />
          ) : (
            <>
              {!needsToken && <OpenLink address={file.address} name={fileName(file)} />}
              <CopyButton text={file.address} label={t('copyAddress')} />
            </>
          )}
        </div>
      ),
    },
  ];
  return (
    <>
      {failed && (
        <ErrorAlert error={failed.error} title={t('downloadFailed', { name: failed.name })} />
      )}
      {failed?.error instanceof TooLarge && <p>{t('tooLarge')}</p>}
      <DataTable
        caption={caption}
        columns={columns}
        rows={files}
        rowKey={({ address }) => address}
      />
    </>
  );
}

/** Link to a file that needs only its URL; the browser opens it without a token. */
function OpenLink({ address, name }: { address: string; name: string }) {
  const t = useMessages(messages);
  const href = safeHref(address, LONGEST_SIGNED);
  if (!href?.startsWith('https:')) return null;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('downloadNamed', { name })}
    >
      {t('download')}
    </a>
  );
}
