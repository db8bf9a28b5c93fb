import type { Sample } from './measure.ts';

export interface Series {
  readonly condition: string;
  readonly floor: readonly Sample[];
  readonly app: readonly Sample[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

const digits = (n: number): string => (n < 10 ? n.toFixed(2) : n.toFixed(0));

function cell(values: readonly number[]): string {
  if (values.length < 2) return digits(values[0] ?? NaN);
  return `${digits(median(values))} (${digits(Math.min(...values))}–${digits(Math.max(...values))})`;
}

/** Returns a Markdown table: median and range of floor and app, and the ratio of the medians. */
export function table({ condition, floor, app }: Series): string {
  const names = Object.keys(app[0] ?? {});
  const rows = names.map((name) => {
    const a = app.map((s) => s[name] ?? NaN);
    const f = floor.map((s) => s[name] ?? NaN);
    const ratio = median(f) > 0 ? `${(median(a) / median(f)).toFixed(2)}×` : '–';
    return `| ${name} | ${cell(f)} | ${cell(a)} | ${ratio} |`;
  });
  return [
    `### ${condition}`,
    '',
    '| ms where the row names nothing else, median (range) | Floor | Patient Browser | ratio |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
