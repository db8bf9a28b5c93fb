import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the fixed banner from covering what a person works with: what is scrolled to or gets the
 * focus stops below it (WCAG 2.2, 2.4.11), and a banner that would take more than a third of the
 * window stays at the top of the page instead (`data-tall`).
 */
export function useKeepClear(): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const banner = ref.current;
    if (!banner) return undefined;
    const root = document.documentElement;
    const measure = (): void => {
      const height = banner.offsetHeight;
      const tall = height > window.innerHeight / 3;
      banner.toggleAttribute('data-tall', tall);
      root.style.scrollPaddingTop = tall ? '0.5rem' : `${height + 8}px`;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(banner);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      root.style.scrollPaddingTop = '';
    };
  }, []);
  return ref;
}
