import { useEffect } from 'react';
import type { Chooser } from '../chooser.ts';
import type { Selected } from './csv.ts';

/**
 * While another program waits for a choice, Enter ticks the focused box of a row, which browsers do
 * only with the space bar. If one patient is requested, Enter on the ticked row returns it.
 */
export function useEnter(chooser: Chooser | undefined, selected: Selected): void {
  useEffect(() => {
    if (!chooser) return undefined;
    const press = (event: KeyboardEvent): void => {
      const box = event.target;
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(box instanceof HTMLInputElement) || !box.closest('tbody')) return;
      event.preventDefault();
      if (event.repeat) return; // a held-down key must not confirm
      if (box.type === 'radio' && box.checked) chooser.onChoose([...selected.keys()]);
      else box.click();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [chooser, selected]);
}
