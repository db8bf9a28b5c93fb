import { useEffect } from 'react';
import type { Chooser } from '../chooser.ts';
import type { Selected } from './csv.ts';

/**
 * Where another program waits for a choice, Enter on the box of a row ticks it, which a browser
 * leaves to the space bar. Where one only is asked for, Enter on the ticked row hands it over.
 */
export function useEnter(chooser: Chooser | undefined, selected: Selected): void {
  useEffect(() => {
    if (!chooser) return undefined;
    const press = (event: KeyboardEvent): void => {
      const box = event.target;
      if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(box instanceof HTMLInputElement) || !box.closest('tbody')) return;
      event.preventDefault();
      if (event.repeat) return; // a key held down is no second word
      if (box.type === 'radio' && box.checked) chooser.onChoose([...selected.keys()]);
      else box.click();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [chooser, selected]);
}
