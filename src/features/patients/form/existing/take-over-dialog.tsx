import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { patientQuery } from '#data/queries.ts';
import { displayName } from '#fhir/patient/names.ts';
import { isolate } from '#i18n/isolate.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { elementLabel } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { tellApart } from '#ui/elements/tell-apart.ts';
import { draftKey as keyOf, forgetDraft, putDraft, readDraft } from '../save/draft.ts';
import styles from '../form.module.css';
import { BidiLines } from '../compare/bidi-lines.tsx';
import { messages as formMessages } from '../messages.ts';
import { CompareFrame } from '../compare/compare-frame.tsx';
import { messages } from './messages.ts';
import { beginning, offers, type Offer } from './take-over.ts';

export interface TakeOverProps {
  /** Id of the existing record. */
  id: string;
  /** Key of the draft with the values typed for the new patient. */
  draftKey: string;
  onClose: () => void;
}

/**
 * Compares the values typed for a new patient with the existing record. The chosen values are put
 * into the record's edit form, where the user checks and saves them.
 */
export function TakeOverDialog({ id, draftKey, onClose }: TakeOverProps) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const fhir = useFhir();
  const navigate = useNavigate();
  const query = useQuery(patientQuery(fhir, id));
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map());
  const key = keyOf(fhir.session, id);
  const start = useMemo(() => query.data && beginning(query.data, key), [query.data, key]);
  const list = useMemo(() => {
    const typed = readDraft(draftKey)?.values;
    return start && typed ? offers(start, typed) : [];
  }, [start, draftKey]);
  // Additions are selected by default; the user must select a value that replaces a recorded one.
  const isChosen = ({ key: which, adds }: Offer): boolean => choices.get(which) ?? adds;
  const chosen = list.filter(isChosen);

  const take = (): void => {
    if (!start) return;
    const values = chosen.reduce((now, offer) => offer.take(now), start.values);
    putDraft(key, { ...start, values });
    forgetDraft(draftKey);
    void navigate({ to: '/patients/$id/edit', params: { id } });
  };

  const name = query.data && displayName(query.data.resource).text;
  return (
    <Dialog
      open
      wide
      title={t('title', { name: name ?? f('nameNotKnown') })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{f('cancel')}</Button>
          {list.length > 0 && (
            <Button variant="primary" disabled={chosen.length === 0} onClick={take}>
              {t('into')}
            </Button>
          )}
        </>
      }
    >
      <AsyncView query={query}>
        {() => (
          <>
            <p>{t(list.length > 0 ? 'choose' : 'nothingNew')}</p>
            {list.length > 0 && (
              <Offers
                list={list}
                isChosen={isChosen}
                onChoose={(which, yes) => setChoices(new Map(choices).set(which, yes))}
              />
            )}
          </>
        )}
      </AsyncView>
    </Dialog>
  );
}

interface OffersProps {
  list: readonly Offer[];
  isChosen: (offer: Offer) => boolean;
  onChoose: (key: string, yes: boolean) => void;
}

function Offers({ list, isChosen, onChoose }: OffersProps) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const elements = useMessages(elementMessages);
  return (
    <CompareFrame
      label={f('compared')}
      heads={[
        ['element', f('element')],
        ['recorded', t('recorded')],
        ['typed', t('typed')],
      ]}
    >
      {list.map((offer) => {
        const labels = offer.differences.map(({ path }) => elementLabel(path, elements));
        const words = offer.differences.map(({ recorded, typed, path }) =>
          tellApart([recorded, typed], path, elements, f('nothing')),
        );
        const [recorded, typed] = [0, 1].map((at) => words.map((w) => w[at]).join('\n'));
        const label = labels.join('\n');
        return (
          <tr key={offer.key}>
            <th scope="row" className={styles.lines}>
              {label}
            </th>
            <td className={styles.lines}>
              <BidiLines text={recorded ?? ''} />
            </td>
            <td className={styles.lines}>
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={isChosen(offer)}
                  onChange={(event) => onChoose(offer.key, event.target.checked)}
                  aria-label={t('takeOne', { element: label, value: isolate(typed ?? '') })}
                />
                <span>
                  <BidiLines text={typed ?? ''} />
                </span>
              </label>
            </td>
          </tr>
        );
      })}
    </CompareFrame>
  );
}
