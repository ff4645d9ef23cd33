const STEPS = [1, 2, 2.5, 5, 10];
const LINES = 4;

/** Round values for the lines of a chart, from 0 to the first that nothing exceeds. Whole numbers where `whole`. */
export function gridOf(greatest: number, whole: boolean): number[] {
  const rough = Math.max(greatest, whole ? 1 : 0.01) / LINES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.map((factor) => factor * power).find(
    (size) => size >= rough && (!whole || Number.isInteger(size)),
  );
  const used = step ?? 1;
  const lines = Math.max(1, Math.ceil(greatest / used - 1e-9));
  return Array.from({ length: lines + 1 }, (_, at) => Number((at * used).toPrecision(12)));
}

/** As SVG paths in a box of 100 by 100: lines through the points that there are, and those that stand alone. */
export function linePaths(values: (number | null)[], greatest: number): { lines: string; dots: string } {
  const at = (value: number, index: number) =>
    `${(((index + 0.5) / values.length) * 100).toFixed(3)} ${(100 - (value / greatest) * 100).toFixed(3)}`;
  const [lines, dots]: string[][] = [[], []];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const before = values[index - 1] ?? null;
    const after = values[index + 1] ?? null;
    // A line of no length is a dot where its ends are round.
    if (before === null && after === null) dots.push(`M${at(value, index)}h0`);
    else lines.push(`${before === null ? 'M' : 'L'}${at(value, index)}`);
  }
  return { lines: lines.join(''), dots: dots.join('') };
}
