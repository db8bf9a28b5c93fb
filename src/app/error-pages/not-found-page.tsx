import { useMessages } from '#i18n/provider.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Page } from '#ui/page.tsx';
import { messages } from './messages.ts';

export function NotFoundPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('notFoundTitle')} narrow>
      <p>
        {t('notFound')} {t('notFoundDo')}
      </p>
      <p>
        <ButtonLink to="/patients" variant="primary">
          {t('toPatients')}
        </ButtonLink>
      </p>
    </Page>
  );
}
