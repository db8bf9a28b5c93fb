/** The parts from which names, addresses and telephone numbers of one language are invented. */
export interface Culture {
  /** BCP 47 language tag. */
  readonly language: string;
  readonly languageName: string;
  /** ISO 3166-1 alpha-2 code. */
  readonly country: string;
  readonly families: readonly string[];
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly places: readonly (readonly [city: string, region: string, postalCode: string])[];
  readonly streets: readonly string[];
  /** Telephone number pattern, `#` for a digit; a range reserved for fiction where there is one. */
  readonly phone: string;
  /** Latin spellings of the family and given names. */
  readonly latin?: Readonly<Record<string, string>>;
}

export const words = (text: string): string[] => text.split(' ');
