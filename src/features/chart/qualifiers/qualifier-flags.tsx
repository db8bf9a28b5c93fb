import { listText } from '#i18n/list.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { word } from '#i18n/words.ts';
import { Flag } from '#ui/flag.tsx';
import type { BannerModel } from '../banner/banner-model.ts';
import { messages } from './messages.ts';

/** Flags an uncertain birth date and an identifier that is not verified. */
export function QualifierFlags({ model: { guessed, notVerified } }: { model: BannerModel }) {
  const t = useMessages(messages);
  const locale = useLocale();
  return (
    <>
      {(['unknown', 'estimated'] as const).map((how) => {
        if (guessed[how].length === 0) return undefined;
        // Created only on demand: it takes as long as the rest of the banner.
        const names = new Intl.DisplayNames([locale], { type: 'dateTimeField' });
        const parts = guessed[how].map((part) => names.of(part) ?? part);
        return (
          <Flag key={how} tone="warning" icon="warning">
            {t(how, { parts: listText(parts) })}
          </Flag>
        );
      })}
      {notVerified && (
        <Flag tone="warning" icon="warning">
          {`${word('id.NHS')}: ${notVerified}`}
        </Flag>
      )}
    </>
  );
}
