import { parentPort, workerData } from 'node:worker_threads'
import { makeBlock } from './block.ts'
import { isHere } from './person.ts'
import { type CityOptions, cityPlan } from './plan.ts'
import { SOURCES, TRUTHS } from './sources.ts'
import { type Chunk, writeChunk } from './write-chunk.ts'

/** What a worker answers to the index of a block. */
export interface MadeBlock {
  readonly index: number
  readonly residents: number
  readonly firms: number
  /** In the order of SOURCES, then TRUTHS. */
  readonly chunks: readonly Chunk[]
}

const plan = cityPlan(workerData as CityOptions)
parentPort?.on('message', (index: number) => {
  const block = makeBlock(plan, index)
  const chunks = [...SOURCES, ...TRUTHS].map((source) => writeChunk(block, source))
  const made: MadeBlock = {
    index,
    residents: block.people.filter(isHere).length,
    firms: block.firms.length,
    chunks,
  }
  parentPort?.postMessage(
    made,
    chunks.flatMap(({ data, truth }) => [data.buffer, truth.buffer]),
  )
})
