import { binaryUrlOf, type BinaryUrl } from '#fhir/binary/binary-url.ts';
import { essence } from '#fhir/binary/media-type.ts';
import type { LocalReference } from '#fhir/reference.ts';
import { safeHref } from '#fhir/safe-url.ts';
import { fromBase64 } from '#lib/base64.ts';
import { LONGEST } from '#lib/long-text.ts';
import { record, text } from '#lib/narrow.ts';
import { referenceOf } from '../panel-query/of-patient.ts';

/** A file that is fetched with the sign-in, or decoded, when a person asks for it. */
export interface FileAttachment {
  readonly kind: 'file';
  readonly title: string | undefined;
  readonly contentType: string | undefined;
  /** Where it is, or all of it in base64. */
  readonly from: { readonly url: BinaryUrl } | { readonly data: string };
}

/** Text of an attachment, as far as a page can show it. */
interface Shown {
  readonly content: string;
  /** What is shown is not all of it. */
  readonly cut: boolean;
}

/** How an attachment can be shown. Nothing is fetched to tell. */
export type ShownAttachment =
  | ({ readonly kind: 'text'; readonly title: string | undefined } & Shown)
  | FileAttachment
  | { readonly kind: 'link'; readonly title: string | undefined; readonly href: string }
  | {
      readonly kind: 'other';
      readonly title: string | undefined;
      readonly contentType: string | undefined;
    };

/** Whether a type is text that can be read as it is; markup cannot. */
export const isPlainText = (contentType: unknown): boolean =>
  /^text\/(plain|markdown)$/.test(essence(contentType) ?? '');

/** Bytes as text in the character set of their type; undefined for a set that nobody knows. */
export function shownText(bytes: BufferSource, contentType: string): Shown | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    const content = new TextDecoder(charset).decode(bytes);
    return { content: content.slice(0, LONGEST), cut: content.length > LONGEST };
  } catch {
    return undefined;
  }
}

/** Where a Binary is, under the base. */
function binaryPlace(to: LocalReference | undefined): string | undefined {
  if (to?.type !== 'Binary') return undefined;
  return `Binary/${to.id}${to.versionId === undefined ? '' : `/_history/${to.versionId}`}`;
}

/**
 * What to show of an Attachment: inline plain text, a file of the FHIR server or of the record
 * itself, a safe web link, or only what it is. A file under the FHIR base is never a link: the
 * browser would open it without the sign-in.
 *
 * @param of the record that holds it: by whichever name it calls the server of its own patient, it
 * may call that of a Binary
 */
export function shownAttachment(
  attachment: unknown,
  baseUrl: string,
  of?: unknown,
): ShownAttachment {
  const a = record(attachment);
  const title = text(a['title']);
  const contentType = text(a['contentType']);
  const data = a['data'];
  if (typeof data === 'string' && data !== '') {
    const bytes = isPlainText(contentType) ? fromBase64(data) : undefined;
    const shown = bytes && shownText(bytes, contentType ?? '');
    if (shown) return { kind: 'text', title, ...shown };
    if (contentType) return { kind: 'file', title, contentType, from: { data } };
  }
  const place = binaryPlace(referenceOf(of, a['url'], baseUrl));
  const url = binaryUrlOf(a['url'], baseUrl) ?? binaryUrlOf(place, baseUrl);
  if (url) return { kind: 'file', title, contentType, from: { url } };
  const href = safeHref(a['url']);
  if (href) return { kind: 'link', title, href };
  return { kind: 'other', title, contentType };
}
