import { useEffect, useState } from 'react';
import type { SearchParams } from '#fhir/types.ts';
import { whenIdle } from '#lib/when-idle.ts';
import { createRepeats } from './repeats.ts';

/**
 * How many patients of this page stood on an earlier one; known a moment after the page is there.
 *
 * @param rows undefined while they are those of another page
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
      // Whoever pages on before there was an idle moment has seen these patients all the same.
      const count = look(params, page, rows ?? []);
      if (current) setRepeated(count);
    });
    return () => {
      current = false;
    };
  }, [look, params, page, rows]);
  return repeated;
}
