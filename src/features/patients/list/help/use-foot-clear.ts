import { useEffect } from 'react';
import list from '../list.module.css';

/**
 * Keeps the sticky foot of the list from covering the focused row: scrolling stops above the foot
 * (WCAG 2.2, 2.4.11). The foot grows with the selection bar; in a low window it is not sticky and
 * covers nothing.
 */
export function useFootClear(): void {
  useEffect(() => {
    const foot = document.querySelector<HTMLElement>(`.${list.bottom}`);
    if (!foot) return undefined;
    const root = document.documentElement;
    const measure = (): void => {
      const covers = getComputedStyle(foot).position === 'sticky';
      root.style.setProperty('--foot-height', covers ? `${foot.offsetHeight + 8}px` : '0px');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(foot);
    // The window's height decides whether the foot is sticky, without changing the foot's size.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      root.style.removeProperty('--foot-height');
    };
  }, []);
}
