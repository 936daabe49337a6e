import { parentPort } from 'node:worker_threads'
import { TileIndex } from './tile-index.ts'
import type { Answer, Ask } from './tile-messages.ts'

/** Thread that holds the indexes of all layers and cuts tiles, so that no request waits for a large layer. */
const making = new Map<string, TileIndex>()
const made = new Map<string, TileIndex>()

parentPort?.on('message', ({ number, ask }: { number: number; ask: Ask }) => {
  const answer: Answer = attempt(number, ask)
  parentPort?.postMessage(answer)
})

function attempt(number: number, ask: Ask): Answer {
  try {
    return { number, value: perform(ask) }
  } catch (error) {
    return { number, error: String(error) }
  }
}

function perform(ask: Ask): unknown {
  const { layer } = ask
  switch (ask.do) {
    case 'begin':
      making.set(layer, new TileIndex(layer))
      return undefined
    case 'add':
      making.get(layer)?.add(ask.features)
      return undefined
    case 'finish': {
      const index = making.get(layer) ?? new TileIndex(layer)
      const finished = index.finish()
      making.delete(layer)
      made.set(layer, index)
      return finished
    }
    case 'tile':
      return made.get(layer)?.tile(ask.z, ask.x, ask.y, ask.within)
    case 'list':
      return made.get(layer)?.list(ask.within, ask.limit)
  }
}
