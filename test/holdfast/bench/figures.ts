/** Of values that are sorted by nobody; the nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle one. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** `1.96 ×` */
export const ratio = (value: number, of: number): string => `${(value / of).toFixed(2)} ×`;

/** Prints rows under their heads, the first column to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(`  ${cells.join('   ')}`);
  }
  console.log();
}

/** Something that was promised, and what was measured. */
export interface Target {
  readonly promise: string;
  readonly measured: string;
  /** What the same run measured of whatever it is held against. */
  readonly peer?: string;
  readonly met: boolean;
}
