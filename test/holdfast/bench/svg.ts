import { scaleBand, scaleLinear } from 'd3-scale';

/** Values of one kind, in the colour of its place among the series. */
export interface Series {
  readonly name: string;
  /** One for each group of a bar chart; a gap where it is NaN. */
  readonly values: readonly number[];
}

/** A chart and what it says. */
export interface Chart {
  readonly title: string;
  /** What is measured, in which unit, under which conditions. */
  readonly subtitle: string;
  readonly series: readonly Series[];
  /** @default as many decimals as three digits leave */
  readonly format?: (value: number) => string;
}

/** Bars by group; stacked, the series of a group stand on each other. */
export interface BarChart extends Chart {
  readonly groups: readonly string[];
  readonly stacked?: boolean;
}

/** Lines over 1, 2, 3 … */
export interface LineChart extends Chart {
  readonly xTitle: string;
  /** @default straight from value to value */
  readonly steps?: boolean;
}

const WIDTH = 760;
const HEIGHT = 330;
const MARGIN = { top: 92, right: 20, bottom: 44, left: 56 };

/** Its own ground and two sets of colours (Okabe and Ito's, told apart by colour-blind eyes), whatever page it is on. */
const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-size: 16px; font-weight: 600 }
.ground { fill: #fff; stroke: #d0d7de } .quiet { fill: #57606a; font-size: 12px } .grid { stroke: #d8dee4 }

.s0 { fill: #0072b2; stroke: #0072b2 } .s1 { fill: #d55e00; stroke: #d55e00 } .s2 { fill: #7a8288; stroke: #7a8288 }
.s3 { fill: #009e73; stroke: #009e73 } .s4 { fill: #cc79a7; stroke: #cc79a7 } .s5 { fill: #e0a800; stroke: #e0a800 }
rect.bar { stroke: none } path.line { fill: none; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .ground { fill: #0d1117; stroke: #30363d } .quiet { fill: #9198a1 } .grid { stroke: #262c34 }
.s0 { fill: #56b4e9; stroke: #56b4e9 } .s1 { fill: #f0883e; stroke: #f0883e } .s2 { fill: #9aa4ae; stroke: #9aa4ae }
.s3 { fill: #2fbf94; stroke: #2fbf94 } .s4 { fill: #db9cc0; stroke: #db9cc0 } .s5 { fill: #f0e442; stroke: #f0e442 }
}`;

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const threeDigits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** A chart of bars, as an SVG document. */
export function barChart(chart: BarChart): string {
  const { groups, series, stacked = false, format = threeDigits } = chart;
  const tops = groups.flatMap((_, g) =>
    stacked ? [stackedAt(series, g)] : series.map(({ values }) => values[g] ?? 0),
  );
  const y = vertical(tops);
  const x = scaleBand(groups, [MARGIN.left, WIDTH - MARGIN.right])
    .paddingInner(0.28)
    .paddingOuter(0.14);
  const within = scaleBand(
    series.map(({ name }) => name),
    [0, x.bandwidth()],
  ).paddingInner(0.08);
  const marks = groups.flatMap((group, g) => {
    const left = x(group) ?? 0;
    const label = text(left + x.bandwidth() / 2, HEIGHT - MARGIN.bottom + 20, group, 'middle');
    if (stacked) return [label, ...stack(series, g, { left, width: x.bandwidth(), y, format })];
    const bars = series.map((each, s) => {
      const value = each.values[g] ?? Number.NaN;
      if (Number.isNaN(value)) return '';
      const from = left + (within(each.name) ?? 0);
      return (
        rect(from, y(value), within.bandwidth(), y(0) - y(value), `bar s${s}`) +
        text(from + within.bandwidth() / 2, y(value) - 5, format(value), 'middle', 'quiet')
      );
    });
    return [label, ...bars];
  });
  return document(chart, y, marks);
}

function stack(
  series: readonly Series[],
  group: number,
  at: { left: number; width: number; y: ReturnType<typeof vertical>; format: (value: number) => string },
): readonly string[] {
  const { left, width, y, format } = at;
  let below = 0;
  const bars = series.map(({ values }, s) => {
    const value = values[group] ?? 0;
    const bottom = below;
    below += value;
    return rect(left, y(below), width, y(bottom) - y(below), `bar s${s}`);
  });
  return [...bars, text(left + width / 2, y(below) - 5, format(below), 'middle', 'quiet')];
}

const stackedAt = (series: readonly Series[], group: number) =>
  series.reduce((sum, { values }) => sum + (values[group] ?? 0), 0);

/** A chart of lines, as an SVG document. */
export function lineChart(chart: LineChart): string {
  const { series, xTitle, steps = false } = chart;
  const count = Math.max(...series.map(({ values }) => values.length));
  const y = vertical(series.flatMap(({ values }) => values));
  const x = scaleLinear([1, count], [MARGIN.left, WIDTH - MARGIN.right]);
  const lines = series.map(({ values }, s) => {
    const points = values.map((value, i) => {
      const to = `${n(x(i + 1))},${n(y(value))}`;
      if (i === 0) return `M${to}`;
      return steps ? `H${n(x(i + 0.5))}V${n(y(value))}H${n(x(i + 1))}` : `L${to}`;
    });
    return `<path class="line s${s}" d="${points.join('')}"/>`;
  });
  const ticks = [1, ...x.ticks(8).filter((tick) => tick >= count / 16)];
  const labels = ticks.map((tick) =>
    text(x(tick), HEIGHT - MARGIN.bottom + 18, String(tick), 'middle', 'quiet'),
  );
  const title = text((MARGIN.left + WIDTH) / 2, HEIGHT - 9, xTitle, 'middle', 'quiet');
  return document(chart, y, [...lines, ...labels, title]);
}

const vertical = (tops: readonly number[]) =>
  scaleLinear(
    [0, Math.max(...tops.filter((top) => !Number.isNaN(top))) * 1.06],
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );

function document(
  { title, subtitle, series }: Chart,
  y: ReturnType<typeof vertical>,
  marks: readonly string[],
) {
  const grid = y
    .ticks(5)
    .map(
      (tick) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${n(y(tick))}" y2="${n(y(tick))}"/>` +
        text(MARGIN.left - 8, y(tick) + 4, y.tickFormat(5)(tick), 'end', 'quiet'),
    );
  let left = MARGIN.left;
  const legend = series.map(({ name }, s) => {
    const at = left;
    // Wide enough for the widest letters, since nothing here can measure text.
    left += 34 + name.length * 7;
    return rect(at, 63, 12, 12, `bar s${s}`) + text(at + 18, 74, name, 'start');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    rect(0.5, 0.5, WIDTH - 1, HEIGHT - 1, 'ground', 6),
    text(16, 27, title, 'start', 'title'),
    text(16, 47, subtitle, 'start', 'quiet'),
    ...legend,
    ...grid,
    ...marks,
    '</svg>\n',
  ].join('\n');
}

/** Coordinates to a tenth of a pixel. */
const n = (value: number) => String(Math.round(value * 10) / 10);

const rect = (x: number, y: number, width: number, height: number, of: string, rounded = 0) =>
  `<rect class="${of}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${rounded}"/>`;

const text = (x: number, y: number, what: string, anchor: 'start' | 'middle' | 'end', of = '') =>
  `<text class="${of}" x="${n(x)}" y="${n(y)}" text-anchor="${anchor}">${escaped(what)}</text>`;
