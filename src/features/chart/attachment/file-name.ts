import { essence } from '#fhir/binary/media-type.ts';

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['text/plain', 'txt'],
  ['text/markdown', 'md'],
  ['text/html', 'html'],
  ['text/csv', 'csv'],
  ['text/rtf', 'rtf'],
  ['application/rtf', 'rtf'],
  ['text/xml', 'xml'],
  ['application/xml', 'xml'],
  ['application/hl7-v3+xml', 'xml'],
  ['application/fhir+xml', 'xml'],
  ['application/json', 'json'],
  ['application/fhir+json', 'json'],
  ['application/msword', 'doc'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/dicom', 'dcm'],
  ['application/zip', 'zip'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/tiff', 'tif'],
  ['image/svg+xml', 'svg'],
]);

/**
 * Returns the file name for saving an attachment. The extension follows the media type, whatever
 * the title says, so that no record can save an executable; an unknown type gets `.bin`.
 *
 * @param fallback name if the title has no usable characters
 */
export function fileName(
  title: string | undefined,
  contentType: string | undefined,
  fallback: string,
): string {
  const extension = EXTENSIONS.get(essence(contentType) ?? '') ?? 'bin';
  const stem = (title ?? '')
    // Control and direction characters (\p{C}) can reverse an extension; file systems reject the
    // others.
    .replace(/[\p{C}\\/:*?"<>|]+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, 100);
  const name = stem || fallback;
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}
