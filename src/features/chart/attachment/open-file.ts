import type { Fhir } from '#data/fhir-context.ts';
import { transportOptions } from '#data/transport-options.ts';
import { fetchBinary } from '#fhir/binary/binary.ts';
import { BadResponse } from '#fhir/errors.ts';
import { essence } from '#fhir/binary/media-type.ts';
import { fromBase64 } from '#lib/base64.ts';
import { isPlainText, shownText, type FileAttachment } from './attachment.ts';

/** How a page shows a file. */
export type View =
  | { readonly kind: 'text'; readonly content: string; readonly cut: boolean }
  /** An image of a type that cannot contain scripts. */
  | { readonly kind: 'image'; readonly image: Blob };

/**
 * Maximum size in bytes of an image that is shown; a larger one is saved. A decoded image may take
 * a hundred times its size in memory.
 */
const LARGEST_IMAGE = 8 * 1024 * 1024;

/** Whether a type is an image. SVG and other markup are not, because they can contain scripts. */
const isImage = (contentType: unknown): boolean =>
  /^image\/(png|jpeg|gif|webp)$/.test(essence(contentType) ?? '');

/** Whether a file of this type is shown on the page; all others are saved. */
export const isShownHere = (contentType: string | undefined): boolean =>
  isPlainText(contentType) || isImage(contentType);

/** Returns the file of an attachment: fetched with the access token, or decoded from the record. */
export async function fetchFile(
  fhir: Fhir,
  { contentType, from }: FileAttachment,
  o: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<Blob> {
  if ('data' in from) {
    const bytes = fromBase64(from.data);
    if (!bytes) throw new BadResponse('the attachment is no base64', 200);
    return new Blob([bytes], { type: contentType ?? '' });
  }
  return fetchBinary(transportOptions(fhir), from.url, { contentType, ...o });
}

/** Returns how to show a file, by the type of the response; undefined if it can only be saved. */
export async function viewOf(file: Blob): Promise<View | undefined> {
  if (isImage(file.type)) {
    return file.size <= LARGEST_IMAGE ? { kind: 'image', image: file } : undefined;
  }
  const text = isPlainText(file.type) ? shownText(await file.arrayBuffer(), file.type) : undefined;
  return text && { kind: 'text', ...text };
}
