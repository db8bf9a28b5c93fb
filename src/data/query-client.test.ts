import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createQueryClient } from './query-client.ts';

const page = (n: number) => ['fhir', 'base', 'session', 'Patient', 'search', { _count: 20 }, n];
const COUNT = ['fhir', 'base', 'session', 'Patient', 'search', { _summary: 'count' }, null];

describe('cached pages of a search', () => {
  let client: ReturnType<typeof createQueryClient>;
  beforeEach(() => {
    vi.useFakeTimers();
    client = createQueryClient();
  });
  afterEach(() => {
    client.clear();
    vi.useRealTimers();
  });

  /** Shows one page after the other, as a list does. */
  async function turn(pages: number): Promise<void> {
    for (let n = 1; n <= pages; n += 1) {
      const observer = new QueryObserver(client, { queryKey: page(n), queryFn: () => n });
      const leave = observer.subscribe(() => undefined);
      await vi.advanceTimersByTimeAsync(10);
      leave();
      await vi.advanceTimersByTimeAsync(10);
    }
  }

  const kept = () =>
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey[6])
      .filter((n) => typeof n === 'number');

  test('the last four pages stay cached after they were left, for Back', async () => {
    await turn(12);
    expect(kept()).toEqual([9, 10, 11, 12]);
  });

  test('the page that was left last stays, however long ago it was fetched', async () => {
    const asked: number[] = [];
    const options = (n: number, enabled = true) => ({
      queryKey: page(n),
      queryFn: () => asked.push(n),
      staleTime: Infinity,
      enabled,
    });
    // The list observes its page, and the next one without fetching it.
    const shown = new QueryObserver(client, options(1));
    const next = new QueryObserver(client, options(2, false));
    const leave = [shown, next].map((observer) => observer.subscribe(() => undefined));
    for (const n of [2, 3, 4, 5, 4, 3, 2, 1]) {
      shown.setOptions(options(n));
      next.setOptions(options(n + 1, false));
      await vi.advanceTimersByTimeAsync(10);
    }
    leave.forEach((stop) => stop());
    await vi.advanceTimersByTimeAsync(10);
    expect(kept()).toContain(1);
    expect(asked).toEqual([1, 2, 3, 4, 5]);
  });

  test('a count on screen stays cached although its own query is disabled', async () => {
    client.setQueryData(COUNT, 1234);
    const before = client.getQueryCache().find({ queryKey: COUNT });
    const counting = new QueryObserver(client, { queryKey: COUNT, enabled: false });
    const leave = counting.subscribe(() => undefined);
    await turn(12);
    expect(client.getQueryData(COUNT)).toBe(1234);
    expect(client.getQueryCache().find({ queryKey: COUNT })).toBe(before);
    leave();
  });

  test('a page that a list turns to stays cached before the list observes it', async () => {
    const asked: number[] = [];
    const options = (n: number) => ({ queryKey: page(n), queryFn: () => asked.push(n) });
    const observer = new QueryObserver(client, options(1));
    const leave = observer.subscribe(() => undefined);
    for (let n = 1; n <= 12; n += 1) {
      observer.setOptions(options(n));
      expect(client.getQueryCache().find({ queryKey: page(n) })).toBe(observer.getCurrentQuery());
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    // The oldest cached page is shown without a request.
    observer.setOptions(options(8));
    expect(observer.getCurrentResult().data).toBe(8);
    expect(client.getQueryCache().find({ queryKey: page(8) })).toBe(observer.getCurrentQuery());
    leave();
  });
});
