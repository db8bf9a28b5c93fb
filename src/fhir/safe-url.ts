/**
 * Returns a URL that is safe in an `href`; undefined if the value must stay text. Only `https:`,
 * `mailto:` and `tel:` become links, never `javascript:`, `data:`, `blob:` or a relative URL.
 *
 * @param longest maximum number of characters, so that a hostile link cannot fill the page
 */
export function safeHref(value: unknown, longest = 2048): string | undefined {
  if (typeof value !== 'string' || value.length > longest) return undefined;
  // The URL parser removes tabs, line ends and leading blanks, so `java\tscript:` would be a
  // script.
  if (!/^(https:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu.test(value) || !URL.canParse(value))
    return undefined;
  const url = new URL(value);
  if (!['https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  return url.username || url.password ? undefined : url.href;
}

/**
 * Returns the link for a phone number, email address or URL of a ContactPoint.
 *
 * @param system `ContactPoint.system`
 */
export function contactHref(system: unknown, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (system === 'phone' || system === 'sms') {
    return /^\+?[\d\s().\-/]{3,30}$/.test(trimmed)
      ? `tel:${trimmed.replace(/[^\d+]/g, '')}`
      : undefined;
  }
  if (system === 'email') {
    return /^[\w.!#$%&'*+/=^`{|}~-]{1,64}@[\w-]+(\.[\w-]+)+$/.test(trimmed)
      ? `mailto:${encodeURI(trimmed).replace(/[?&#]/g, encodeURIComponent)}`
      : undefined;
  }
  return system === 'url' ? safeHref(trimmed) : undefined;
}
