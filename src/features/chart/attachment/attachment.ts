import { binaryUrlOf, type BinaryUrl } from '#fhir/binary/binary-url.ts';
import { essence } from '#fhir/binary/media-type.ts';
import type { LocalReference } from '#fhir/reference.ts';
import { safeHref } from '#fhir/safe-url.ts';
import { fromBase64 } from '#lib/base64.ts';
import { LONGEST } from '#lib/long-text.ts';
import { record, text } from '#lib/narrow.ts';
import { referenceOf } from '../panel-query/of-patient.ts';

/** A file that is fetched with the access token, or decoded, on request. */
export interface FileAttachment {
  readonly kind: 'file';
  readonly title: string | undefined;
  readonly contentType: string | undefined;
  /** Address of the file, or its content in base64. */
  readonly from: { readonly url: BinaryUrl } | { readonly data: string };
}

/** Text of an attachment, as far as a page can show it. */
interface Shown {
  readonly content: string;
  /** True if the content is only the beginning. */
  readonly cut: boolean;
}

/** How an attachment can be shown; decided without any request. */
export type ShownAttachment =
  | ({ readonly kind: 'text'; readonly title: string | undefined } & Shown)
  | FileAttachment
  | { readonly kind: 'link'; readonly title: string | undefined; readonly href: string }
  | {
      readonly kind: 'other';
      readonly title: string | undefined;
      readonly contentType: string | undefined;
    };

/** Whether a media type is readable as plain text; markup is not. */
export const isPlainText = (contentType: unknown): boolean =>
  /^text\/(plain|markdown)$/.test(essence(contentType) ?? '');

/** Decodes bytes with the character set of their type; undefined for an unknown character set. */
export function shownText(bytes: BufferSource, contentType: string): Shown | undefined {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    const content = new TextDecoder(charset).decode(bytes);
    return { content: content.slice(0, LONGEST), cut: content.length > LONGEST };
  } catch {
    return undefined;
  }
}

/** Returns the path of a Binary below the base URL. */
function binaryPlace(to: LocalReference | undefined): string | undefined {
  if (to?.type !== 'Binary') return undefined;
  return `Binary/${to.id}${to.versionId === undefined ? '' : `/_history/${to.versionId}`}`;
}

/**
 * Returns how to show an Attachment: inline plain text, a file of the FHIR server or of the record
 * itself, a safe web link, or only its type. A file under the FHIR base URL is never a link: the
 * browser would request it without the access token.
 *
 * @param of the record that contains the attachment: a Binary may have the base URL that this
 *   record writes for its own patient
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
