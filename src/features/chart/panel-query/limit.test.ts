import { expect, test } from 'vitest';
import { limit } from './limit.ts';

test('limit runs no more tasks at a time than allowed, and all of them in the end', async () => {
  const atMost = limit(2);
  let running = 0;
  let most = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running -= 1;
    if (most > 5) throw new Error('never');
    return 1;
  };
  const done = await Promise.all(Array.from({ length: 9 }, () => atMost(task)));
  expect(done).toHaveLength(9);
  expect(most).toBe(2);
  await expect(atMost(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  await expect(atMost(task)).resolves.toBe(1);
});
