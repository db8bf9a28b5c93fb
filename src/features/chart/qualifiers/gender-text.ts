import type { T } from '../panel.ts';
import type { BannerModel } from '../banner/banner-model.ts';

type Gender = Pick<BannerModel, 'gender' | 'registeredGender'>;

/**
 * Returns the administrative gender, with the national register's entry where R4 has only `other`.
 */
export function genderText({ gender, registeredGender }: Gender, t: T): string | undefined {
  const said = gender && t(`gender.${gender}`);
  return said && registeredGender ? `${said} (${registeredGender})` : said;
}
