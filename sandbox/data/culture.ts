/** Where invented names, addresses and telephone numbers of one language come from. */
export interface Culture {
  /** BCP 47 */
  readonly language: string;
  readonly languageName: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly families: readonly string[];
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly places: readonly (readonly [city: string, region: string, postalCode: string])[];
  readonly streets: readonly string[];
  /** Telephone number pattern, `#` for a digit; ranges kept for fiction where a country has one. */
  readonly phone: string;
  /** A second way to write the same name: the pairs of family name and given name. */
  readonly latin?: Readonly<Record<string, string>>;
}

export const words = (text: string): string[] => text.split(' ');
