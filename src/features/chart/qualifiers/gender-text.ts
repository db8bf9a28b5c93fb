import type { T } from '../panel.ts';
import type { BannerModel } from '../banner/banner-model.ts';

type Gender = Pick<BannerModel, 'gender' | 'registeredGender'>;

/** The administrative gender, with what a national register says where R4 has `other` only. */
export function genderText({ gender, registeredGender }: Gender, t: T): string | undefined {
  const said = gender && t(`gender.${gender}`);
  return said && registeredGender ? `${said} (${registeredGender})` : said;
}
