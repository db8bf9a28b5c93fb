import { useState } from 'react';
import type { BulkExport } from '#fhir/bulk-export.ts';
import { fileName, type ExportFile } from '#fhir/bulk-export-manifest.ts';
import { TooLarge } from '#fhir/errors.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { DownloadButton } from './download-button.tsx';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Files of one kind. Those outside the FHIR base are text: the token never goes there. */
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
            <CopyButton text={file.address} label={t('copyAddress')} />
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
