import { safeHref } from '#fhir/safe-url.ts';
import { LONGEST } from '#lib/long-text.ts';
import { number, record, text } from '#lib/narrow.ts';

/** How an attachment can be shown. Nothing is fetched, and nothing is shown but plain text. */
export type ShownAttachment =
  | {
      readonly kind: 'text';
      readonly title: string | undefined;
      readonly content: string;
      /** What is shown is not all of it. */
      readonly cut: boolean;
    }
  | { readonly kind: 'link'; readonly title: string | undefined; readonly href: string }
  | {
      readonly kind: 'other';
      readonly title: string | undefined;
      readonly contentType: string | undefined;
      /** Bytes, where known. */
      readonly size: number | undefined;
    };

function decode(base64: string, contentType: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (c) => c.charCodeAt(0));
    const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What to show of an Attachment: inline plain text, a safe web link, or only what it is. */
export function shownAttachment(attachment: unknown): ShownAttachment {
  const a = record(attachment);
  const title = text(a['title']);
  const contentType = text(a['contentType']);
  const data = a['data'];
  if (typeof data === 'string' && contentType && /^text\/(plain|markdown)\b/i.test(contentType)) {
    const content = decode(data, contentType);
    if (content !== undefined)
      return {
        kind: 'text',
        title,
        content: content.slice(0, LONGEST),
        cut: content.length > LONGEST,
      };
  }
  const href = safeHref(a['url']);
  if (href) return { kind: 'link', title, href };
  return { kind: 'other', title, contentType, size: number(a['size']) };
}
