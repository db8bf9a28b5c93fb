/** Older than this many years, a birth date is asked about once more. */
export const VERY_OLD = 110;
