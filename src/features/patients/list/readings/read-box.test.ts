import { beforeEach, expect, test } from 'vitest';
import { forget } from '#session/tab-storage/storage.ts';
import { plainer, readBox, readingKey, searchPlainly } from './read-box.ts';

beforeEach(() => forget('plainly'));

const search = (text: string) => ({ text, read: readBox({ text }).chosen?.params ?? {} });

test('plainer returns the plainest form of a refused search, and only once', () => {
  const first = search('Anna Smith');
  const second = plainer(first);
  expect(second).toMatchObject({ text: 'Anna Smith', read: { family: 'Smith', given: 'Anna' } });
  expect(second && plainer(second)).toBeUndefined();
  // The box shows this reading, also after a reload.
  expect(readBox(second ?? {}).chosen?.kinds).toEqual(['family', 'given']);
  expect(readBox(first).chosen?.kinds).toEqual(['name']);
});

test('plainer returns nothing for a search that is plain or cannot be made plain', () => {
  expect(plainer({})).toBeUndefined();
  expect(plainer(search('smith'))).toBeUndefined();
  expect(plainer({ asked: { gender: 'male' } })).toBeUndefined();
  expect(plainer({ asked: { identifier: ['1', '2'] } })).toBeUndefined();
});

test('plainer returns filters in their plainest form, too', () => {
  const asked = { phone: '(816) 475,816475', gender: 'male' };
  expect(plainer({ asked })).toEqual({ asked: { phone: '816475', gender: 'male' } });
  expect(plainer({ ...search('Anna Smith'), asked })?.read).toEqual({
    family: 'Smith',
    given: 'Anna',
  });
});

test('after searchPlainly the box is read in plain forms, with names that can be swapped', () => {
  searchPlainly();
  const box = readBox({ text: 'Anna Smith' });
  expect(box.chosen?.params).toEqual({ family: 'Smith', given: 'Anna' });
  expect(box.others.map((r) => r.params)).toEqual([
    { family: 'Anna', given: 'Smith' },
    { family: 'Anna Smith' },
  ]);
  const [swapped] = box.others;
  const picked = readBox({ text: 'Anna Smith', ...(swapped && { as: readingKey(swapped) }) });
  expect(picked.chosen?.params).toEqual({ family: 'Anna', given: 'Smith' });
});
