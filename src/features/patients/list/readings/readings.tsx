import { formatDate } from '#fhir/dates/dates.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { readingKey, type BoxReadings } from './read-box.ts';
import { messages } from './messages.ts';
import { useReadingWords } from './use-reading-words.ts';
import styles from './readings.module.css';

export interface ReadingsProps {
  /** Readings of the box, updated when typing pauses. */
  box: BoxReadings;
  onChoose: (as: string) => void;
}

/**
 * Tells how the search box was understood if that is not obvious, and offers the other readings.
 * 03/04/1960 is April in London and March in Boston, so the user must choose; so for 31.02.1980.
 */
export function Readings({ box, onChoose }: ReadingsProps) {
  const t = useMessages(messages);
  const words = useReadingWords();
  const { chosen, others, ask, impossibleDate } = box;
  const question = impossibleDate
    ? t('impossibleDate', { date: impossibleDate })
    : t('ambiguousDate');
  return (
    <div className={styles.readings}>
      <span>{ask ? question : t('understood', { what: chosen ? words(chosen) : '' })}</span>
      {others.map((reading) => (
        <Button
          key={readingKey(reading)}
          variant={ask ? 'secondary' : 'quiet'}
          onClick={() => onChoose(readingKey(reading))}
        >
          {(ask && formatDate(reading.birthDate)) || t('instead', { what: words(reading) })}
        </Button>
      ))}
    </div>
  );
}
