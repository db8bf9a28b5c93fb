/**
 * The address for an `href`, or undefined where the value must stay text. Only web, mail and
 * telephone addresses become links: never `javascript:`, `data:`, `blob:` or a relative address.
 *
 * @param longest characters: a link that somebody made up must not fill the page
 */
export function safeHref(value: unknown, longest = 2048): string | undefined {
  if (typeof value !== 'string' || value.length > longest) return undefined;
  // The URL parser drops tabs, line ends and leading blanks, which is how `java\tscript:` gets in.
  if (!/^(https:\/\/|mailto:|tel:)[^\s\p{Cc}]+$/iu.test(value) || !URL.canParse(value))
    return undefined;
  const url = new URL(value);
  if (!['https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  return url.username || url.password ? undefined : url.href;
}

/**
 * The link for a telephone number or mail address as recorded in a ContactPoint.
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
