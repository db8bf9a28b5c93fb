import { expect, test } from 'vitest';
import { cardRest, eachRest } from './card-rest.ts';

const page = (length: number, next = false) => ({
  items: Array.from({ length }, () => ({ resourceType: 'Basic' as const, id: 'x', code: {} })),
  next: next ? ('n' as never) : undefined,
});
const inOrder = { order: () => 0, current: () => false };
const current = { ...inOrder, current: () => true };

test.each([
  ['all of it is shown', {}, page(5), undefined],
  ['all of it was read', inOrder, page(6), { id: 'cardMore', n: 6 }],
  ['more is current than is shown', current, page(7), { id: 'cardMoreCurrent', n: 2 }],
  ['the newest were read', {}, page(5, true), { id: 'cardMore', n: 5 }],
  ['what counts may be among the rest', inOrder, page(100, true), { id: 'cardPart', n: 100 }],
  ['the server sent a short page', inOrder, page(3, true), { id: 'cardPart', n: 3 }],
  [
    'few of them belong here',
    { sifted: 'sifted' as const },
    page(2, true),
    { id: 'cardPerhaps', n: 2 },
  ],
])('a card says what it leaves out where %s', (_, panel, read, said) => {
  expect(cardRest(panel, read, 5)).toEqual(said);
});

test.each([
  ['all of it is shown', { older: 0, more: 0, flagged: 0 }, page(5), true, []],
  ['each has older ones', { older: 3, more: 0, flagged: 0 }, page(8), true, ['eachOlder 3']],
  ['there is no room', { older: 0, more: 2, flagged: 0 }, page(12), true, ['eachMore 2']],
  [
    'there is no room for all that is flagged',
    { older: 1, more: 4, flagged: 2 },
    page(15),
    true,
    ['eachMoreFlagged 4 2', 'eachOlder 1'],
  ],
  ['the server has more', { older: 0, more: 0, flagged: 0 }, page(4, true), true, ['eachPart 4']],
  [
    'the server has more, in no order',
    { older: 0, more: 0, flagged: 0 },
    page(4, true),
    false,
    ['eachPartUnsorted 4'],
  ],
])('a card of the newest says what it leaves out where %s', (_, newest, read, sorted, said) => {
  const rest = eachRest(newest, read, sorted);
  expect(rest.map(({ id, n, flagged }) => [id, n, flagged || []].flat().join(' '))).toEqual(said);
});
