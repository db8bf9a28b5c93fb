import { useEffect, useState } from 'react';
import type { SearchParams } from '#fhir/types.ts';
import { whenIdle } from '#lib/when-idle.ts';
import { createRepeats } from './repeats.ts';

/**
 * Returns how many patients of this page were also on an earlier page, counted when the browser is
 * idle.
 *
 * @param rows undefined while the rows are those of another page
 */
export function useRepeated(
  params: SearchParams,
  page: number,
  rows: readonly { readonly id: string }[] | undefined,
): number {
  const [look] = useState(createRepeats);
  const [repeated, setRepeated] = useState(0);
  useEffect(() => {
    let current = true;
    whenIdle(() => {
      // Not cancelled on paging: these patients were on screen and must count as seen.
      const count = look(params, page, rows ?? []);
      if (current) setRepeated(count);
    });
    return () => {
      current = false;
    };
  }, [look, params, page, rows]);
  return repeated;
}
