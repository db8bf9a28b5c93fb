/** One check made by a step of the pipeline, and its result. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** The measured value, or the cause of the failure. */
  readonly detail: string;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((n, t) => n + t.passed, 0),
  failed: tallies.reduce((n, t) => n + t.failed, 0),
});

/** Prints the checks as a table and counts them. */
export function report(title: string, checks: readonly Check[]): Tally {
  const width = Math.max(...checks.map((c) => c.name.length), 0);
  console.log(`\n${title}`);
  for (const { name, ok, detail } of checks)
    console.log(`  ${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${detail}`);
  return {
    passed: checks.filter((c) => c.ok).length,
    failed: checks.filter((c) => !c.ok).length,
  };
}
