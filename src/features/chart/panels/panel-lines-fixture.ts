import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { settings } from '#lib/settings.ts';
import { LineDate } from '../cells/line-date.tsx';
import { messages } from '../messages.ts';
import type { T } from '../panel.ts';
import { conditions } from './conditions.tsx';
import { documents } from './documents.tsx';
import { immunizations } from './immunizations.tsx';
import { labs } from './labs.ts';
import { procedures } from './procedures.tsx';
import { reports } from './reports.tsx';
import { vitals } from './vitals.ts';

const PANELS = { conditions, documents, immunizations, labs, procedures, reports, vitals };

const t: T = (id, values) => say(messages, id, values, settings());

/** Returns the text of a node with separators between its parts. */
const text = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<\/div>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/( \| )+/g, ' | ')
    .replace(/ \| $/, '');

/** Returns what a card shows of a record, and each cell of its row. */
export function shown(id: keyof typeof PANELS, fields: object): Readonly<Record<string, string>> {
  const panel = PANELS[id];
  const resource = { resourceType: panel.type, id: 'a', ...fields } as unknown as FhirResource;
  const find = () => undefined;
  const line = panel.line(resource, t, find);
  const cells = panel.columns.map(({ id: column, cell }) => [
    column,
    text(cell(resource, t, find)),
  ]);
  return {
    ...Object.fromEntries(cells),
    line: text(line.text),
    detail: text(line.detail),
    when: text(createElement(LineDate, { of: line })),
    sorted: line.date ?? '',
  };
}
