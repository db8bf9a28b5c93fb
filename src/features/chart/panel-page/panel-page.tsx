import { Link, useParams } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import { messages } from '../messages.ts';
import { TIMELINE } from '../panel-ids.ts';
import type { Panel } from '../panel.ts';
import { PanelView } from './panel-view.tsx';
import { panelById } from '../panels.ts';
import { usePatientId } from '../layout/use-patient.ts';
import styles from './panel-page.module.css';

const Timeline = lazyPart(
  async () => (await import('../timeline/timeline.tsx')).Timeline,
  PartMissing,
);

/** `/patients/:id/:panel`: one panel of the chart, or the timeline. */
export function PanelPage() {
  const t = useMessages(messages);
  const id = usePatientId();
  const name = useParams({ strict: false }).panel ?? '';
  if (name === TIMELINE) return <Timeline key={id} patientId={id} />;
  const panel = panelById(name);
  if (!panel) {
    return (
      <Notice
        tone="warning"
        title={t('noPanel')}
        actions={
          <Link to="/patients/$id" params={{ id }}>
            {t('summary')}
          </Link>
        }
      />
    );
  }
  return <PanelSection key={`${id}/${panel.id}`} panel={panel} patientId={id} />;
}

function PanelSection({ panel, patientId }: { panel: Panel; patientId: string }) {
  const t = useMessages(messages);
  const heading = useInnerHeadingFocus();
  return (
    <section className={styles.panel} aria-label={t(panel.title)}>
      <h2 ref={heading} tabIndex={-1}>
        {t(panel.title)}
      </h2>
      <PanelView panel={panel} patientId={patientId} />
    </section>
  );
}
