/** Stretches of instants with equal steps: first, step, how many. A year of hours is one, not 8,760 numbers. */
export type Run = readonly [first: number, step: number, count: number]

export function runsOf(at: readonly number[]): Run[] {
  const runs: [number, number, number][] = []
  let last: [number, number, number] | undefined
  for (const instant of at) {
    if (last && last[2] === 1) last[1] = instant - last[0]
    if (last && instant === last[0] + last[1] * last[2]) last[2]++
    else {
      last = [instant, 0, 1]
      runs.push(last)
    }
  }
  for (const run of runs) if (run[2] === 1) run[1] = 0
  return runs
}
