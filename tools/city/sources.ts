import type { Source } from './source.ts'
import * as firms from './sources/firms.ts'
import * as health from './sources/health.ts'
import * as housing from './sources/housing.ts'
import * as police from './sources/police.ts'
import * as supervision from './sources/supervision.ts'
import * as truth from './sources/truth.ts'
import * as welfare from './sources/welfare.ts'
import * as work from './sources/work.ts'

/** In the order of their ids: chunks travel between threads by their place in these lists. */
const inOrder = (sources: readonly Source[]): readonly Source[] => sources.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Every file that is handed over. */
export const SOURCES = inOrder(
  [police, welfare, health, work, housing, firms, supervision].flatMap((group) => Object.values<Source>(group)),
)

/** What is really so: the entities themselves. */
export const TRUTHS = inOrder(Object.values<Source>(truth))
