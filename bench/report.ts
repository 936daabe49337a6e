/** One measured figure; `ratio` is to what `against` names, measured in the same run. */
export interface Figure {
  readonly bench: string
  readonly value: number
  readonly unit: string
  readonly ratio: number
  readonly against: string
  readonly seconds: number
  readonly rows: number
}

const short = (value: number): number => Number(value.toPrecision(4))

/** Prints a figure as a line of JSON. */
export function report(figure: Figure): void {
  const { value, ratio, seconds } = figure
  const rounded = { ...figure, value: short(value), ratio: short(ratio), seconds: short(seconds) }
  process.stdout.write(`${JSON.stringify(rounded)}\n`)
}
