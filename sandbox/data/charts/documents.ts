import type { Attachment, Binary, DocumentReference } from 'fhir/r4';
import { atTime, instant } from '../calendar.ts';
import { loinc } from '../codes.ts';
import { encounterReference, meta, type ChartContext } from './context.ts';
import { onePagePdf } from './pdf.ts';

const base64 = (content: string): string => Buffer.from(content, 'utf8').toString('base64');

/**
 * Returns notes of two visits. The first holds its text and links to a PDF of it; the second only
 * links to its text, as the documents of most servers do.
 */
export function documents(c: ChartContext): (DocumentReference | Binary)[] {
  return c.r.sample(c.visits, 2).flatMap((visit, n) => {
    const text = `Seen on ${visit.date} by ${visit.practitioner.display}.\n\nThe patient is well and has no new complaints. Plan: carry on, review in ${c.r.int(2, 12)} months.\n`;
    const isNote = n === 0;
    const type = isNote ? 'application/pdf' : 'text/plain; charset=utf-8';
    const content = isNote ? onePagePdf(text.split('\n').filter(Boolean)) : text;
    const binary: Binary = {
      resourceType: 'Binary',
      id: `${c.patient.id}-file-${n + 1}`,
      meta: meta(visit.date),
      contentType: type,
      securityContext: c.subject,
      data: base64(content),
    };
    const file = { contentType: type, url: `Binary/${binary.id}`, creation: visit.date };
    const attachments: Attachment[] = isNote
      ? [
          {
            contentType: 'text/plain; charset=utf-8',
            data: base64(text),
            size: Buffer.byteLength(text),
            title: `note-${visit.date}.txt`,
            creation: visit.date,
          },
          { ...file, title: `note-${visit.date}.pdf` },
        ]
      : [{ ...file, title: `summary-${visit.date}.txt` }];
    const reference: DocumentReference = {
      resourceType: 'DocumentReference',
      id: `${c.patient.id}-document-${n + 1}`,
      meta: meta(visit.date),
      status: n === 1 && c.r.chance(0.2) ? 'superseded' : 'current',
      docStatus: 'final',
      type: isNote ? loinc('11506-3', 'Progress note') : loinc('18842-5', 'Discharge summary'),
      category: [loinc('LP173421-1', 'Report')],
      subject: c.subject,
      date: instant(visit.date, 17),
      author: [visit.practitioner],
      description: `Note of ${visit.date}`,
      content: attachments.map((attachment) => ({ attachment })),
      context: {
        encounter: [encounterReference(visit)],
        period: { start: atTime(visit.date, visit.hour) },
      },
    };
    return [reference, binary];
  });
}
