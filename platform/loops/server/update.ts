import { isDeepStrictEqual } from 'node:util'
import type { Work } from '#runtime'
import type { LoopInstance } from '../contract.ts'
import { amend } from './amend.ts'
import type { Engine } from './engine.ts'
import { numberOf } from './number-of.ts'
import { toInstance } from './row.ts'
import { setData } from './set-data.ts'

/** Changes fields of an open matter's data from outside. */
export async function update(
  engine: Engine,
  work: Work,
  id: string,
  data: Readonly<Record<string, unknown>>,
): Promise<LoopInstance> {
  const row = await amend(engine, work, numberOf(id), 'loops.update', async (draft) => {
    const fields = Object.keys(data).filter((name) => !isDeepStrictEqual(draft.row.data[name], data[name]))
    if (fields.length === 0) return undefined
    setData(draft, { ...draft.row.data, ...data })
    return { fields }
  })
  return toInstance(row, work.at)
}
