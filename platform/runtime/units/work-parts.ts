import type pg from 'pg'
import type { Db } from '../app.ts'
import type { Services } from '../services.ts'
import type { EnqueueOptions } from '../work.ts'

export interface Wanted {
  readonly job: string
  readonly data: object
  readonly options: EnqueueOptions
}

/** What units of work need of the running program. */
export interface WorkParts {
  readonly pool: pg.Pool
  readonly services: Services
  readonly now: () => Date
  readonly enqueue: (tx: Db, jobs: readonly Wanted[]) => Promise<void>
  readonly wake: (jobs: Iterable<string>) => void
}
