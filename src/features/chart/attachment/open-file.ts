import type { Fhir } from '#data/fhir-context.ts';
import { fetchBinary } from '#fhir/binary/binary.ts';
import { BadResponse } from '#fhir/errors.ts';
import { essence } from '#fhir/binary/media-type.ts';
import { fromBase64 } from '#lib/base64.ts';
import { isPlainText, shownText, type FileAttachment } from './attachment.ts';

/** What a page shows of a file. */
export type View =
  | { readonly kind: 'text'; readonly content: string; readonly cut: boolean }
  /** Of a type that holds no script. */
  | { readonly kind: 'image'; readonly image: Blob };

/** Bytes. A larger one is saved: drawn, it may take a hundred times its size. */
const LARGEST_IMAGE = 8 * 1024 * 1024;

/** Never SVG, which is a program, nor any other markup. */
const isImage = (contentType: unknown): boolean =>
  /^image\/(png|jpeg|gif|webp)$/.test(essence(contentType) ?? '');

/** Whether a file of a type is shown on the page; every other is saved. */
export const isShownHere = (contentType: string | undefined): boolean =>
  isPlainText(contentType) || isImage(contentType);

/** The file of an attachment: from the server with the sign-in, or out of the record itself. */
export async function fetchFile(
  { client, session, log }: Fhir,
  { contentType, from }: FileAttachment,
  o: { readonly signal: AbortSignal; readonly onBytes: (bytes: number) => void },
): Promise<Blob> {
  if ('data' in from) {
    const bytes = fromBase64(from.data);
    if (!bytes) throw new BadResponse('the attachment is no base64', 200);
    return new Blob([bytes], { type: contentType ?? '' });
  }
  const transport = {
    baseUrl: client.baseUrl,
    authorization: () => session.authorization(),
    renew: () => session.renew(),
    tokenExpired: () => session.tokenExpired?.() ?? false,
    requests: session.server.requests,
    log,
  };
  return fetchBinary(transport, from.url, { contentType, ...o });
}

/** How to show a file, going by the type that came; undefined for one that can only be saved. */
export async function viewOf(file: Blob): Promise<View | undefined> {
  if (isImage(file.type)) {
    return file.size <= LARGEST_IMAGE ? { kind: 'image', image: file } : undefined;
  }
  const text = isPlainText(file.type) ? shownText(await file.arrayBuffer(), file.type) : undefined;
  return text && { kind: 'text', ...text };
}
