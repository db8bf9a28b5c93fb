import { useMessages, type Translate } from '#i18n/provider.tsx';
import { classNames } from '#ui/class-names.ts';
import { groupsIn } from '../observation/groups-in.ts';
import type { PanelPage } from '../panel-query/panel-rows.ts';
import { messages } from './messages.ts';
import { pointDay } from './point-day.ts';
import { RangeBands, RangeWords } from './range-bands.tsx';
import { axisOf } from './range.ts';
import { Undrawn } from './undrawn.tsx';
import { trends, type Line, type Series } from './trend-model.ts';
import styles from './trends.module.css';

type T = Translate<keyof (typeof messages)['en']>;

const WIDTH = 240;
const HEIGHT = 64;
const EDGE = 5;

/**
 * Shows small figures of tests that were measured several times. The table remains authoritative.
 */
export function Trends({
  page: { items, find, came },
  newest,
}: {
  page: PanelPage;
  /** True if no other page has newer results. */
  newest: boolean;
}) {
  const t = useMessages(messages);
  const all = trends(items, groupsIn(find, came));
  if (all.length === 0) return <p className={styles.note}>{t('trendNone')}</p>;
  return (
    <>
      <p className={styles.note}>{t(newest ? 'trendLead' : 'trendOlder')}</p>
      <ul className={styles.figures}>
        {all.map((series) => (
          <li key={series.key}>
            <Figure series={series} newest={newest} />
          </li>
        ))}
      </ul>
    </>
  );
}

const withUnit = (value: number, unit: string | undefined): string =>
  unit ? `${value} ${unit}` : String(value);

/** Returns the extremes of one line: the two lines of a blood pressure have no common range. */
function extremes({ points }: Line, unit?: string): { low: string; high: string } {
  const values = points.map(({ value }) => value);
  return { low: withUnit(Math.min(...values), unit), high: withUnit(Math.max(...values), unit) };
}

/**
 * Returns a line as text: number of values, dates, extremes, and the last value unless a newer
 * result may be missing.
 */
function sentence(line: Line, { label: whole, unit }: Series, t: T): string {
  const { label, points, undrawn } = line;
  return t(undrawn ? 'trendTextNoLast' : 'trendText', {
    name: label ?? whole,
    count: points.length,
    from: pointDay(points[0]) ?? '',
    to: pointDay(points.at(-1)) ?? '',
    ...extremes(line, unit),
    last: withUnit(points.at(-1)?.value ?? 0, unit),
  });
}

/**
 * Shows the newest value beside the name, unless a newer one may be on another page or cannot be
 * drawn. Figures with several lines show only the unit: their newest values may be of different
 * days, and together they would be a reading that was never taken.
 */
function Latest({ series: { lines, unit }, newest }: { series: Series; newest: boolean }) {
  const [first, ...others] = lines;
  if (!newest || !first || first.undrawn || others.length > 0)
    return unit ? <strong>{unit}</strong> : null;
  return <strong>{withUnit(first.points.at(-1)?.value ?? 0, unit)}</strong>;
}

function Figure({ series, newest }: { series: Series; newest: boolean }) {
  const t = useMessages(messages);
  const points = series.lines.flatMap((line) => line.points);
  const times = points.map(({ at }) => at);
  const axis = axisOf(points);
  const { bottom, top } = axis;
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const x = (at: number): number => EDGE + ((at - start) / (end - start || 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number): number =>
    HEIGHT - EDGE - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - 2 * EDGE);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <bdi>{series.label}</bdi> <Latest series={series} newest={newest} />
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={series.lines.map((line) => sentence(line, series, t)).join(' ')}
      >
        {series.lines.map((line) => (
          <RangeBands
            key={line.key ?? ''}
            points={line.points}
            x={x}
            y={y}
            axis={axis}
            size={{ width: WIDTH, height: HEIGHT }}
          />
        ))}
        {series.lines.map((line, index) => (
          <g key={line.key ?? ''} className={classNames(styles.line, index > 0 && styles.second)}>
            <polyline
              points={line.points.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ')}
            />
            {line.points.map(({ at, value }, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- points have no identity
              <circle key={n} cx={x(at)} cy={y(value)} r="2.5" />
            ))}
          </g>
        ))}
      </svg>
      {series.lines.length > 1 && (
        <p className={styles.range} aria-hidden="true">
          {series.lines.map(({ key, label }, index) => (
            <span key={key ?? ''}>
              {index === 0 ? '—' : '- -'} <bdi>{label}</bdi>
            </span>
          ))}
        </p>
      )}
      <p className={styles.range}>
        <bdi>{pointDay(points.find(({ at }) => at === start))}</bdi>
        <bdi>{pointDay(points.find(({ at }) => at === end))}</bdi>
      </p>
      {series.lines.map((line) => (
        <p key={line.key ?? ''} className={styles.extremes}>
          {line.label && <bdi>{line.label}: </bdi>}
          {t('trendExtremes', extremes(line))}
        </p>
      ))}
      {[...new Set(series.lines.map(({ undrawn }) => undrawn))].map(
        (result) =>
          result && (
            <Undrawn key={String(result.observation['id'])} result={result} figure={series.label} />
          ),
      )}
      <RangeWords lines={series.lines} />
    </figure>
  );
}
