import { wordsIn } from '../../words-in.ts'

/** Something that is done on a connection, after all earlier ones that its text names. */
export interface Job<Connection> {
  readonly name?: string
  readonly text: string
  readonly run: (connection: Connection) => Promise<void>
}

/**
 * Does jobs on a few connections at once, the first first, each as soon as what its text names is done. A word that
 * only looks like a name costs a wait, no more.
 */
export async function runJobs<Connection>(
  jobs: readonly Job<Connection>[],
  connections: readonly Connection[],
): Promise<void> {
  const needs = needsOf(jobs)
  const waiting = new Set(jobs)
  const done = new Set<Job<Connection>>()
  const free = [...connections]
  const running = new Set<Promise<void>>()
  const begin = async (connection: Connection, job: Job<Connection>) => {
    await job.run(connection)
    done.add(job)
    free.push(connection)
  }
  while (waiting.size > 0 || running.size > 0) {
    for (const job of waiting) {
      const connection = needs.get(job)?.every((each) => done.has(each)) ? free.pop() : undefined
      if (!connection) continue
      waiting.delete(job)
      const run = begin(connection, job).then(() => void running.delete(run))
      running.add(run)
    }
    await Promise.race(running)
  }
}

/** Of each job, the earlier ones whose names occur in its text. */
function needsOf<Connection>(
  jobs: readonly Job<Connection>[],
): ReadonlyMap<Job<Connection>, readonly Job<Connection>[]> {
  const earlier = new Map<string, Job<Connection>>()
  const needs = new Map<Job<Connection>, readonly Job<Connection>[]>()
  for (const job of jobs) {
    const named = [...wordsIn(job.text)].flatMap((word) => earlier.get(word) ?? [])
    needs.set(job, named)
    if (job.name) earlier.set(job.name.toLowerCase(), job)
  }
  return needs
}
