import { formatDateLong } from '#fhir/dates/dates.ts';
import { fetchTexts } from '#i18n/language.ts';
import { useMessages, useSettings } from '#i18n/provider.tsx';
import { monthNames } from '#i18n/words.ts';
import {
  changeSettings,
  LANGUAGES,
  LIST_COLUMNS,
  listColumns,
  locale,
  PAGE_SIZES,
  USUAL_SIZE,
  type Settings,
} from '#lib/settings.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { CheckboxField, Fieldset } from '#ui/field/field-group.tsx';
import { SelectField } from '#ui/field/field.tsx';
import { Connection } from './connection.tsx';
import { messages } from './messages.ts';
import styles from './settings.module.css';

const NONE: Settings = {
  language: undefined,
  theme: undefined,
  density: undefined,
  dates: undefined,
  pageSize: undefined,
  columns: undefined,
  singleKeys: undefined,
};

/** Returns the name of a language in that language, so that its speakers find it: `Deutsch`. */
const ownName = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

/** Dialog for the settings of this browser. Each choice takes effect immediately. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages);
  const { language, theme, density, dates, pageSize, singleKeys } = useSettings();
  const columns = listColumns(useSettings());

  /** Applies choices once their messages are loaded, so that the page is never half translated. */
  const choose = async (change: Settings): Promise<void> => {
    const next = locale({ language, ...change });
    await Promise.all([fetchTexts(next, false), fetchTexts(next, true)]);
    changeSettings(change);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      actions={
        <>
          <Button variant="quiet" onClick={() => choose(NONE)}>
            {t('reset')}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Connection />
        <p className={styles.lead}>{t('lead')}</p>
        <SelectField
          label={t('language')}
          value={language ?? ''}
          onChange={(event) =>
            choose({ language: LANGUAGES.find((one) => one === event.target.value) })
          }
        >
          <option value="">{t('languageOfBrowser', { language: ownName(locale({})) })}</option>
          {(language === 'en-XA' ? [...LANGUAGES, language] : LANGUAGES).map((one) => (
            <option key={one} value={one} lang={one}>
              {ownName(one)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('theme')}
          value={theme ?? ''}
          onChange={(event) => choose({ theme: oneOf(THEMES, event.target.value) })}
          options={[
            { value: '', label: t('themeSystem') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
            { value: 'contrast', label: t('themeContrast') },
          ]}
        />
        <SelectField
          label={t('density')}
          value={density ?? ''}
          onChange={(event) => choose({ density: oneOf(DENSITIES, event.target.value) })}
          options={[
            { value: '', label: t('densityComfortable') },
            { value: 'compact', label: t('densityCompact') },
          ]}
        />
        <SelectField
          label={t('dates')}
          hint={t('datesHint')}
          value={dates ?? ''}
          onChange={(event) => choose({ dates: oneOf(DATES, event.target.value) })}
          options={[
            { value: '', label: `14-${monthNames()[6]}-1945` },
            { value: 'long', label: formatDateLong('1945-07-14') ?? '' },
          ]}
        />
        <SelectField
          label={t('pageSize')}
          value={String(pageSize ?? USUAL_SIZE)}
          onChange={(event) => choose({ pageSize: Number(event.target.value) })}
          options={PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }))}
        />
        <Fieldset legend={t('columns')} hint={t('columnsHint')} row>
          {LIST_COLUMNS.map((id) => (
            <CheckboxField
              key={id}
              label={t(id === 'language' ? 'languageColumn' : id)}
              checked={columns.includes(id)}
              onChange={({ target }) =>
                choose({
                  columns: LIST_COLUMNS.filter((one) =>
                    one === id ? target.checked : columns.includes(one),
                  ),
                })
              }
            />
          ))}
        </Fieldset>
        <CheckboxField
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          checked={singleKeys !== 'off'}
          onChange={({ target }) => choose({ singleKeys: target.checked ? undefined : 'off' })}
        />
      </div>
    </Dialog>
  );
}

const THEMES = ['light', 'dark', 'contrast'] as const;
const DENSITIES = ['compact'] as const;
const DATES = ['long'] as const;

const oneOf = <T extends string>(known: readonly T[], value: string): T | undefined =>
  known.find((one) => one === value);
