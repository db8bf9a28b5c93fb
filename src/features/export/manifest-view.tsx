import type { BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import type { ExportFile, ExportManifest } from '#fhir/bulk-export/bulk-export-manifest.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { useMessages, type Translate } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/page.tsx';
import { FilesTable } from './files-table.tsx';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Returns the result of an export in one sentence. */
export function summaryOf(
  { output, omitted }: ExportManifest,
  t: Translate<keyof (typeof messages)['en']>,
): string {
  const files = output.length + omitted;
  const counts = output.flatMap(({ count }) => count ?? []);
  if (files === 0 || counts.length < files) return t('done', { files });
  return t('doneRecords', { files, records: counts.reduce((sum, n) => sum + n, 0) });
}

export function DoneNotice({ manifest }: { manifest: ExportManifest }) {
  const t = useMessages(messages);
  const when = formatDateTime(manifest.at);
  return (
    <Notice tone="success" title={summaryOf(manifest, t)}>
      {when && <p>{t('asOf', { when })}</p>}
      {manifest.omitted > 0 && <p>{t('omitted', { n: manifest.omitted })}</p>}
    </Notice>
  );
}

/** Shows the files of a finished export: exported, failed and deleted records. */
export function ManifestView({ manifest, bulk }: { manifest: ExportManifest; bulk: BulkExport }) {
  const t = useMessages(messages);
  const { output, errors, deleted, needsToken } = manifest;
  const elsewhere = [...output, ...errors, ...deleted].some(({ url }) => !url);
  const table = (caption: string, files: readonly ExportFile[]) => (
    <FilesTable caption={caption} files={files} needsToken={needsToken} bulk={bulk} />
  );
  return (
    <>
      {elsewhere && (
        <Notice title={t('elsewhere')}>
          <p className={styles.address}>
            {t(needsToken ? 'elsewhereText' : 'elsewhereOpen', { base: bulk.baseUrl })}
          </p>
        </Notice>
      )}
      {output.length > 0 && <Section heading={t('files')}>{table(t('files'), output)}</Section>}
      {errors.length > 0 && (
        <Section heading={t('errors')}>
          <p>{t('errorsText')}</p>
          {table(t('errors'), errors)}
        </Section>
      )}
      {deleted.length > 0 && (
        <Section heading={t('deleted')}>{table(t('deleted'), deleted)}</Section>
      )}
    </>
  );
}
