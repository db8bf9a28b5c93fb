import type { T } from './check.ts';
import type { CheckRow } from './use-checks.ts';

/**
 * The findings as text for support. No token, no patient, and nobody's name: of a finding that
 * is personal, only the verdict and its meaning.
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
