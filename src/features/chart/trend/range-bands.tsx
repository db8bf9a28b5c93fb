import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import { pointDay } from './point-day.ts';
import { onAxis, stretches, type Axis } from './range.ts';
import type { Line, Point } from './trend-model.ts';
import styles from './range-bands.module.css';

/** Maximum number of ranges in the caption; more changes are left to the table. */
const MOST = 4;

/** Extra width that makes the range of a single point visible. */
const REACH = 3;

/**
 * Draws the reference ranges of a line's points, each as far as it is known to hold. Bounds are
 * lines, so that nothing depends on colour alone; a range without a bound, or with one beyond the
 * axis, is open on that side.
 */
export function RangeBands({
  points,
  x,
  y,
  axis,
  size,
}: {
  points: readonly Point[];
  x: (at: number) => number;
  y: (value: number) => number;
  axis: Axis;
  size: { readonly width: number; readonly height: number };
}) {
  return stretches(points).map(({ range, from, to }, n) => {
    const { low, high } = onAxis(range, axis);
    const [left, right] = [Math.max(0, x(from.at) - REACH), Math.min(size.width, x(to.at) + REACH)];
    const above = high === undefined ? 0 : y(high);
    const below = low === undefined ? size.height : y(low);
    return (
      // oxlint-disable-next-line react/no-array-index-key -- two may begin at one moment
      <g key={n} className={styles.band}>
        <rect x={left} y={above} width={right - left} height={below - above} />
        {high !== undefined && <line x1={left} x2={right} y1={above} y2={above} />}
        {low !== undefined && <line x1={left} x2={right} y1={below} y2={below} />}
      </g>
    );
  });
}

/** Shows the drawn ranges as text, each with its dates unless it holds for the whole line. */
export function RangeWords({ lines }: { lines: readonly Line[] }) {
  const t = useMessages(messages);
  const drawn = lines.flatMap(({ label, points }) =>
    stretches(points).map(({ range: { words }, from, to }) => ({
      words: label ? `${label} ${words}` : words,
      // A Set, because both ends may be the same year, month or day.
      dates:
        from === points[0] && to === points.at(-1)
          ? []
          : [...new Set([pointDay(from), pointDay(to)])],
    })),
  );
  if (drawn.length === 0) return null;
  const some = lines.some(({ points }) => points.some(({ range }) => range === undefined));
  return (
    <div className={styles.words}>
      {drawn.length > MOST ? (
        <p>{t('rangeChanges')}</p>
      ) : (
        <>
          <p>{t('range')}</p>
          <ul>
            {drawn.map(({ words, dates: [first, last] }, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- two may be of one day
              <li key={n}>
                <bdi>{words}</bdi>
                {first && (
                  <>
                    {' ('}
                    <bdi>{first}</bdi>
                    {last && (
                      <>
                        {' – '}
                        <bdi>{last}</bdi>
                      </>
                    )}
                    )
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {some && <p>{t('rangeSome')}</p>}
    </div>
  );
}
