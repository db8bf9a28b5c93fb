import { useEffect, useRef, type RefObject } from 'react';

/**
 * Scrolls the link of the current page into view inside a navigation that has its own scrolling.
 *
 * @param current a value that changes with the page, such as its path
 */
export function useScrollToCurrent(current: string): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    const nav = ref.current;
    const link = nav?.querySelector('[aria-current="page"]');
    if (!nav || !link) return;
    // `scrollIntoView` would scroll the page as well.
    const [outer, inner] = [nav.getBoundingClientRect(), link.getBoundingClientRect()];
    if (inner.left < outer.left) nav.scrollLeft -= outer.left - inner.left + 16;
    else if (inner.right > outer.right) nav.scrollLeft += inner.right - outer.right + 16;
    if (inner.bottom > outer.bottom) nav.scrollTop += inner.bottom - outer.bottom + 16;
    else if (inner.top < outer.top) nav.scrollTop -= outer.top - inner.top + 16;
  });
  return ref;
}
