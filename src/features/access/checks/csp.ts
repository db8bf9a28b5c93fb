import type { Check } from '../check.ts';

const seen = new Set<string>();

const note = (directive: string, blocked: string): void => {
  const origin = URL.canParse(blocked) ? new URL(blocked).origin : blocked;
  seen.add(`${directive} ${origin}`.trim());
};

// Earlier violations are in the browser's report buffer; later ones arrive as events.
document.addEventListener('securitypolicyviolation', (event) => {
  note(event.effectiveDirective, event.blockedURI);
});

function buffered(): void {
  if (typeof ReportingObserver === 'undefined') return;
  const observer = new ReportingObserver(() => {}, { types: ['csp-violation'], buffered: true });
  observer.observe();
  for (const { body } of observer.takeRecords()) {
    const report: unknown = body;
    if (typeof report !== 'object' || report === null) continue;
    note(
      String(Reflect.get(report, 'effectiveDirective')),
      String(Reflect.get(report, 'blockedURL')),
    );
  }
  observer.disconnect();
}

export const csp: Check = {
  id: 'csp',
  title: 'csp',
  run: async ({ t, locale }) => {
    buffered();
    // Wait for pending events of the previous checks.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const tested = t('cspTested');
    if (seen.size === 0) {
      return { verdict: 'good', tested, came: t('cspNone'), means: t('cspNoneMeans') };
    }
    return {
      verdict: 'bad',
      tested,
      came: t('cspSome', {
        count: seen.size,
        list: new Intl.ListFormat(locale).format([...seen].slice(0, 10)),
      }),
      means: t('cspSomeMeans'),
      mend: t('cspSomeMend'),
      explains: ['troubleCors'],
    };
  },
};
