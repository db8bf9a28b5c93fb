import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { RowCells } from './table-row.tsx';

/** Returns the markup of the second cell of a row that has this text in it. */
const cellWith = (text: string): string | undefined => {
  const columns = [
    { id: 'name', header: 'Name', rowHeader: true, cell: () => 'Name' },
    { id: 'changed', header: 'Changed', cell: () => text },
  ];
  return /<td[^>]*>(.*)<\/td>/.exec(
    renderToStaticMarkup(<RowCells row={undefined} columns={columns} />),
  )?.[1];
};

test('a cell without text is empty, so that a card does not show its label alone', () => {
  expect(cellWith('')).toBe('<div></div>');
});

test('a text keeps its own direction', () => {
  expect(cellWith('שלום')).toBe('<div><bdi>שלום</bdi></div>');
});
