/** Digits of any script become 0 to 9, and look-alike dashes a hyphen. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Nd}/gu, (digit) => {
      // The digits of a script stand in a row of ten that begins at a multiple of ten from its zero.
      let zero = digit.codePointAt(0) ?? 48;
      const value = zero;
      while (value - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String(value - zero);
    });
}
