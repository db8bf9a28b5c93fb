import type { T } from './check.ts';
import type { CheckRow } from './use-checks.ts';

/**
 * Returns the findings as text for support, without tokens, patients and names. Of a personal
 * finding it contains only the verdict, its meaning and the fix.
 */
export function supportReport(rows: readonly CheckRow[], t: T, now: Date): string {
  const head = [`${t('title')} · ${now.toISOString()}`, location.origin, navigator.userAgent];
  const body = rows.flatMap(({ check, finding }) => {
    if (!finding) return [];
    const { verdict, tested, came, means, mend, personal, facts = [] } = finding;
    return [
      '',
      `[${verdict}] ${t(check.title)}`,
      ...(personal ? [] : [`  ${t('tested')}: ${tested}`, `  ${t('came')}: ${came}`]),
      `  ${t('means')}: ${means}`,
      ...(mend ? [`  ${t('mend')}: ${mend}`] : []),
      ...facts
        .filter((fact) => !personal && !fact.personal)
        .map(({ label, value }) => `  ${label}: ${value}`),
    ];
  });
  return [...head, ...body].join('\n');
}
