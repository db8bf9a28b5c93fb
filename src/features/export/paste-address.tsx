import { useState, type SubmitEvent } from 'react';
import { checkStatusUrl, type StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/field/field.tsx';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Form for the status URL of an export, which is checked before any request. */
export function PasteAddress({
  baseUrl,
  onFollow,
}: {
  baseUrl: string;
  onFollow: (statusUrl: StatusUrl) => void;
}) {
  const t = useMessages(messages);
  const [wrong, setWrong] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const input = event.currentTarget.elements.namedItem('address');
    if (!(input instanceof HTMLInputElement)) return;
    const statusUrl = checkStatusUrl(input.value, baseUrl);
    setWrong(!statusUrl);
    if (statusUrl) onFollow(statusUrl);
    else input.focus();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        name="address"
        label={t('address')}
        hint={<span className={styles.address}>{t('addressHint', { base: baseUrl })}</span>}
        error={wrong && t('addressWrong', { base: baseUrl })}
        inputMode="url"
        spellCheck={false}
        autoCapitalize="none"
      />
      <div>
        <Button type="submit">{t('follow')}</Button>
      </div>
    </form>
  );
}
