import { createContext, useContext, type ReactNode } from 'react';

/** Error texts by field path. */
export type Problems = ReadonlyMap<string, string>;

const ProblemsContext = createContext<Problems>(new Map());

export function ProblemsProvider({
  problems,
  children,
}: {
  problems: Problems;
  children: ReactNode;
}) {
  return <ProblemsContext value={problems}>{children}</ProblemsContext>;
}

/** Returns the error text of a field. */
export function useProblem(path: string): string | undefined {
  return useContext(ProblemsContext).get(path);
}

/** Returns the DOM id of a field, which the error summary links to. */
export function fieldId(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}

/** Opens all folds around a field, scrolls it into view and focuses it. */
export function focusField(path: string): void {
  const field = document.getElementById(fieldId(path));
  for (
    let box = field?.closest('details');
    box;
    box = box.parentElement?.closest('details') ?? null
  ) {
    box.open = true;
  }
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
}
