import type { FhirResource } from 'fhir/r4';
import { concept, systems } from '../codes.ts';
import { meta } from './context.ts';

const image = '<img src=x onerror="globalThis.__xss=20">';
const script = '<script>globalThis.__xss=21</script>';

/** Returns chart records of the patient `awkward-hostile` with markup and script in their texts. */
export function hostileChart(now: string): FhirResource[] {
  const subject = { reference: 'Patient/awkward-hostile', display: image };
  const html = Buffer.from(`<html><body>${script}${image}</body></html>`, 'utf8').toString(
    'base64',
  );
  const id = (name: string): string => `awkward-hostile-${name}`;
  return [
    {
      resourceType: 'Condition',
      id: id('condition'),
      meta: meta(now),
      subject,
      clinicalStatus: concept(systems.conditionClinical, 'active'),
      verificationStatus: concept(systems.conditionVerification, 'confirmed'),
      code: {
        coding: [{ system: 'javascript:globalThis.__xss=22', code: 'x', display: script }],
        text: image,
      },
      onsetString: script,
      note: [{ text: `${image}\n\n**bold** [link](javascript:globalThis.__xss=23)` }],
    },
    {
      resourceType: 'AllergyIntolerance',
      id: id('allergy'),
      meta: meta(now),
      patient: subject,
      clinicalStatus: concept(systems.allergyClinical, 'active'),
      verificationStatus: concept(systems.allergyVerification, 'confirmed'),
      code: { text: image },
      reaction: [{ manifestation: [{ text: script }], description: image }],
    },
    {
      resourceType: 'Observation',
      id: id('observation'),
      meta: meta(now),
      subject,
      status: 'final',
      category: [concept(systems.observationCategory, 'laboratory', 'Laboratory')],
      code: { text: script },
      effectiveDateTime: now,
      valueString: image,
      referenceRange: [{ text: script }],
    },
    {
      resourceType: 'DocumentReference',
      id: id('document'),
      meta: meta(now),
      subject,
      status: 'current',
      type: { text: image },
      description: script,
      date: `${now}T08:00:00Z`,
      content: [
        { attachment: { contentType: 'text/html', data: html, title: '../../<b>evil</b>.html' } },
        {
          attachment: {
            contentType: 'application/pdf',
            url: 'javascript:globalThis.__xss=24',
            title: image,
          },
        },
        {
          attachment: {
            contentType: 'image/png',
            url: 'https://evil.example/track.png',
            title: 'Tracker',
          },
        },
      ],
    },
    {
      resourceType: 'MedicationRequest',
      id: id('medication'),
      meta: meta(now),
      subject,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: image },
      dosageInstruction: [{ text: script }],
      authoredOn: now,
    },
  ];
}
