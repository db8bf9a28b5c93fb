/** A deterministic random source: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Returns a number from 0 (included) to 1 (not included). */
  next(): number;
  /** Returns a whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** Returns true with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** Returns one item of a list. Throws RangeError for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** Returns `count` different items (fewer when the list is shorter), in a random order. */
  sample<T>(items: readonly T[], count: number): T[];
  /** Returns a number from a roughly normal distribution with the given mean and deviation. */
  around(mean: number, deviation: number): number;
  /** Returns a string of decimal digits. */
  digits(length: number): string;
}

/**
 * The mulberry32 generator: 32 bits of state, no dependency, good enough for test data and for
 * nothing that needs secrecy.
 *
 * @param seed any whole number
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('Nothing to pick from');
    return items[int(0, items.length - 1)] as T;
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    sample: (items, count) => {
      const rest = [...items];
      const taken = [];
      while (taken.length < count && rest.length > 0) {
        taken.push(...rest.splice(int(0, rest.length - 1), 1));
      }
      return taken;
    },
    around: (mean, deviation) =>
      mean + ((next() + next() + next() + next() - 2) / 0.577) * deviation,
    digits: (length) => Array.from({ length }, () => int(0, 9)).join(''),
  };
}

/** Returns a seed for one part of the data, so that adding patients changes no other record. */
export function seedFor(seed: number, part: string): number {
  let hash = 2_166_136_261 ^ seed;
  for (const char of part) {
    hash ^= char.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 16_777_619);
  }
  return hash >>> 0;
}
