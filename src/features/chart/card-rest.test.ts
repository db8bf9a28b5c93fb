import { expect, test } from 'vitest';
import { cardRest } from './card-rest.ts';

const page = (length: number, next = false) => ({
  items: Array.from({ length }, () => ({ resourceType: 'Basic' as const, id: 'x', code: {} })),
  next: next ? ('n' as never) : undefined,
});
const inOrder = { order: () => 0 };

test.each([
  ['all of it is shown', {}, page(5), undefined],
  ['all of it was read', inOrder, page(6), 'cardMore'],
  ['the newest were read', {}, page(5, true), 'cardMore'],
  ['what counts may be among the rest', inOrder, page(100, true), 'cardPart'],
  ['the server sent a short page', inOrder, page(3, true), 'cardPart'],
  ['few of them belong here', { sifted: 'sifted' as const }, page(2, true), 'cardPerhaps'],
])('what a card leaves open where %s', (_, panel, read, said) => {
  expect(cardRest(panel, read, 5)).toBe(said);
});
