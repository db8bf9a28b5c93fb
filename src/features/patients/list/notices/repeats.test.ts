import { describe, expect, it } from 'vitest';
import { createRepeats } from './repeats.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

describe('createRepeats', () => {
  it('counts the patients of a page that an earlier page showed, too', () => {
    const look = createRepeats();
    expect(look({}, 1, rows('a', 'b'))).toBe(0);
    expect(look({}, 2, rows('b', 'c'))).toBe(1);
    expect(look({}, 3, rows('a', 'c', 'd'))).toBe(2);
  });

  it('takes no id for a part of another', () => {
    const look = createRepeats();
    look({}, 1, rows('p12', 'p13'));
    expect(look({}, 2, rows('p1', '2', 'p123'))).toBe(0);
  });

  it('does not count the page itself or a later one, on the way back', () => {
    const look = createRepeats();
    look({}, 1, rows('a'));
    look({}, 2, rows('b'));
    look({}, 3, rows('c'));
    expect(look({}, 2, rows('b', 'c'))).toBe(0);
  });

  it('forgets what it knows with another search, and at page 1', () => {
    const look = createRepeats();
    look({}, 1, rows('a'));
    expect(look({ name: 'x' }, 2, rows('a'))).toBe(0);
    expect(look({ name: 'x' }, 3, rows('a'))).toBe(1);
    look({ name: 'x' }, 1, rows('b'));
    expect(look({ name: 'x' }, 2, rows('a'))).toBe(0);
  });

  it('keeps what it knows while the rows of a page are awaited', () => {
    const look = createRepeats();
    look({}, 1, rows('a'));
    look({}, 2, rows('b'));
    expect(look({}, 2, [])).toBe(0);
    expect(look({}, 3, rows('b'))).toBe(1);
  });
});
