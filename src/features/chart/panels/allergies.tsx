import type { AllergyIntolerance } from 'fhir/r4';
import { conceptText, conceptTexts, hasCode } from '#fhir/coding.ts';
import { choiceText } from '#fhir/values.ts';
import { listText } from '#i18n/list.ts';
import { longText, noteTexts } from '#lib/long-text.ts';
import { list, records, text } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { allergyName, byRisk, isActiveAllergy, isNegation, saysNoRisk } from '../allergy-state.ts';
import { ClinicalStatus, DateText, isWithdrawn, Lines, statusWord, Value } from '../cells.tsx';
import { happened } from '../happened.ts';
import { longLines, LongText } from '../long-text.tsx';
import { definePanel, type MessageId, type T } from '../panel.ts';

/** To what; where a record says that there is no risk, never as if there were one. */
function name(allergy: AllergyIntolerance, t: T): string | undefined {
  const to = allergyName(allergy);
  return to && saysNoRisk(allergy) ? t('noRisk', { substance: to }) : to;
}

/** Each reaction: to what, where that is narrower than the whole, how it showed, how bad it was. */
function reactions(allergy: AllergyIntolerance, t: T): readonly string[] {
  return records(allergy.reaction).map((reaction) => {
    const severity = text(reaction['severity']);
    const to = conceptText(reaction['substance']);
    const signs = listText(conceptTexts(reaction['manifestation']));
    const said = signs || (longText(reaction['description']) ?? '');
    const what = severity ? `${said} (${statusWord(severity, t)})`.trim() : said;
    return to && to !== allergyName(allergy) ? [to, what].filter(Boolean).join(': ') : what;
  });
}

const KNOWN: ReadonlySet<string> = new Set([
  'allergy',
  'intolerance',
  'food',
  'medication',
  'environment',
  'biologic',
]);

/** Allergy or intolerance, and to what sort of substance. */
function kind(allergy: AllergyIntolerance, t: T): string {
  return [allergy.type, ...list(allergy.category)]
    .map(text)
    .filter((code) => code !== undefined)
    .map((code) => (KNOWN.has(code) ? t(`allergy.${code}` as MessageId) : code))
    .join(', ');
}

function Criticality({ allergy, t }: { allergy: AllergyIntolerance; t: T }) {
  const { criticality } = allergy;
  // "No known allergy" has no risk to speak of.
  if (criticality === undefined && isNegation(allergy)) return null;
  if (criticality === 'high') {
    return (
      <Flag tone="danger" icon="warning">
        {t('criticalityHigh')}
      </Flag>
    );
  }
  if (criticality === 'low') return <Flag>{t('criticalityLow')}</Flag>;
  return <span>{t(criticality ? 'criticalityUnknown' : 'notRecorded')}</span>;
}

export const allergies = definePanel({
  id: 'allergies',
  type: 'AllergyIntolerance',
  title: 'allergies',
  card: true,
  // All at once, and what matters most first: a server knows no such order.
  count: 100,
  order: byRisk,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'substance',
      rowHeader: true,
      cell: (a, t) => <Value>{name(a, t)}</Value>,
    },
    { id: 'kind', header: 'category', cell: (a, t) => <Value>{kind(a, t)}</Value> },
    {
      id: 'reaction',
      header: 'reaction',
      cell: (a, t) => <Lines lines={longLines([...reactions(a, t), ...noteTexts(a.note)])} />,
    },
    {
      id: 'criticality',
      header: 'criticality',
      cell: (a, t) => <Criticality allergy={a} t={t} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (a) => <ClinicalStatus of={a} />,
    },
    { id: 'onset', header: 'onset', cell: (a) => <LongText text={choiceText(a, 'onset')} /> },
    { id: 'recorded', header: 'recorded', cell: (a) => <DateText value={a.recordedDate} /> },
  ],
  line: (a, t) => ({
    ...happened(a, 'onset', a.recordedDate, t),
    text: name(a, t),
    detail: isActiveAllergy(a) ? (
      <Lines
        lines={[
          <Criticality key="risk" allergy={a} t={t} />,
          hasCode(a.verificationStatus, 'unconfirmed') && <ClinicalStatus key="s" of={a} />,
        ].filter(Boolean)}
      />
    ) : (
      <ClinicalStatus of={a} />
    ),
  }),
});
