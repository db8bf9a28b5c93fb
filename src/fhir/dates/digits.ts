/** Replaces digits of any script by 0 to 9, and dashes that look like a hyphen by a hyphen. */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\p{Nd}/gu, (digit) => {
      // A script's ten digits are consecutive, so its zero is found by going back to the first one.
      let zero = digit.codePointAt(0) ?? 48;
      const value = zero;
      while (value - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String(value - zero);
    });
}
