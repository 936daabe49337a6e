/** 95th percentile in milliseconds of so many runs, one after the other; the first one warms up. */
export async function p95(rounds: number, run: () => Promise<unknown>): Promise<number> {
  await run()
  const times: number[] = []
  for (let n = 0; n < rounds; n++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.ceil(rounds * 0.95) - 1] ?? 0
}
