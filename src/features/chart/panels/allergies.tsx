import type { AllergyIntolerance } from 'fhir/r4';
import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { records, text } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import {
  Concept,
  conceptCode,
  DateText,
  isWithdrawn,
  Lines,
  Status,
  statusWord,
} from '../cells.tsx';
import { definePanel, type T } from '../panel.ts';

function reactions(allergy: AllergyIntolerance, t: T): readonly string[] {
  return records(allergy.reaction).map((reaction) => {
    const severity = text(reaction['severity']);
    const what = conceptTexts(reaction['manifestation']).join(', ');
    return severity ? `${what} (${statusWord(severity, t)})` : what;
  });
}

function Criticality({ allergy, t }: { allergy: AllergyIntolerance; t: T }) {
  const { criticality } = allergy;
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
  withdrawn: isWithdrawn,
  columns: [
    { id: 'what', header: 'substance', rowHeader: true, cell: (a) => <Concept value={a.code} /> },
    { id: 'reaction', header: 'reaction', cell: (a, t) => <Lines lines={reactions(a, t)} /> },
    {
      id: 'criticality',
      header: 'criticality',
      cell: (a, t) => <Criticality allergy={a} t={t} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (a) => (
        <Lines
          lines={[
            <Status key="clinical" code={conceptCode(a.clinicalStatus)} />,
            conceptCode(a.verificationStatus) !== 'confirmed' && a.verificationStatus ? (
              <Status key="verification" code={conceptCode(a.verificationStatus)} />
            ) : undefined,
          ]}
        />
      ),
    },
    { id: 'recorded', header: 'recorded', cell: (a) => <DateText value={a.recordedDate} /> },
  ],
  line: (a, t) => ({
    date: a.onsetDateTime ?? a.recordedDate,
    text: conceptText(a.code),
    detail: <Criticality allergy={a} t={t} />,
  }),
});
