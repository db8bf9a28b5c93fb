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

/** Signed addresses carry a session token of their own, in thousands of characters. */
const LONGEST_SIGNED = 16_384;

/**
 * Files of one kind. The token never goes to those outside the FHIR base: they are links where they
 * need none, such as signed addresses, else text.
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

/** A file that anybody with its address may fetch: the browser goes there, without any sign-in. */
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
