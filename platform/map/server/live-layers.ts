import { setTimeout as sleep } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { type App, Unavailable, words } from '#runtime'
import type { Features } from '../contract.ts'
import { featuresOf } from './layer-features.ts'
import type { PreparedLayer } from './prepare-layers.ts'
import { TileMaker } from './tile-maker.ts'
import type { Finished, Listed } from './tile-messages.ts'

/** Events often come in swarms; the tiles wait this long for the last of them. */
const COALESCE_MS = 300
const CACHE_BYTES = 64 * 1_048_576

interface State {
  made?: Finished
  making?: Promise<void>
  /** Something happened since the last making began. */
  isDirty: boolean
}

/** The layers as they are now: made when first asked for, made again after their events, never while a request waits. */
export class LiveLayers {
  readonly #app: App
  readonly #hooks: ReadonlyMap<string, Features>
  readonly #maker = new TileMaker(() => this.#states.clear())
  readonly #states = new Map<string, State>()
  readonly #tiles = new LRUCache<string, Uint8Array>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (tile) => tile.byteLength + 100,
  })

  constructor(app: App, hooks: ReadonlyMap<string, Features>) {
    this.#app = app
    this.#hooks = hooks
  }

  /** Makes those layers again that have been made before and follow the topic. */
  touch(topic: string, layers: readonly PreparedLayer[]): void {
    for (const layer of layers) {
      const state = this.#states.get(layer.id)
      if (!state || !layer.refreshOn?.includes(topic)) continue
      state.isDirty = true
      void this.#make(layer, state)
    }
  }

  /** What is known without waiting; a layer not asked for before begins to be made. */
  glance(layer: PreparedLayer): { readonly made: Finished | undefined; readonly isUpdating: boolean } {
    const state = this.#state(layer)
    return { made: state.made, isUpdating: state.making !== undefined }
  }

  /** The layer's version, once it has been made. @throws Unavailable if its features cannot be had */
  async version(layer: PreparedLayer): Promise<Finished> {
    const state = this.#state(layer)
    if (!state.made) await state.making
    if (!state.made)
      throw new Unavailable(
        'layer-away',
        words('图层暂时无法生成，请稍后再试', 'The layer cannot be made now; try again soon'),
      )
    return state.made
  }

  /** An encoded tile of what lies in the divisions that begin with `within`. */
  async tile(layer: PreparedLayer, z: number, x: number, y: number, within: string): Promise<Uint8Array> {
    const { version } = await this.version(layer)
    const key = `${layer.id}/${version}/${within}/${z}/${x}/${y}`
    const known = this.#tiles.get(key)
    if (known) return known
    const tile = await this.#maker.ask({ do: 'tile', layer: layer.id, z, x, y, within })
    this.#tiles.set(key, tile)
    return tile
  }

  async list(layer: PreparedLayer, within: string, limit: number): Promise<Listed> {
    await this.version(layer)
    return this.#maker.ask({ do: 'list', layer: layer.id, within, limit })
  }

  stop(): Promise<void> {
    return this.#maker.stop()
  }

  #state(layer: PreparedLayer): State {
    const known = this.#states.get(layer.id)
    const state = known ?? { isDirty: true }
    if (!known) this.#states.set(layer.id, state)
    if (state.isDirty) void this.#make(layer, state)
    return state
  }

  #make(layer: PreparedLayer, state: State): Promise<void> {
    state.making ??= this.#makeUntilClean(layer, state).finally(() => {
      delete state.making
    })
    return state.making
  }

  async #makeUntilClean(layer: PreparedLayer, state: State): Promise<void> {
    try {
      do {
        if (state.made) await sleep(COALESCE_MS)
        state.isDirty = false
        await this.#maker.ask({ do: 'begin', layer: layer.id })
        for await (const features of featuresOf(this.#app, layer, this.#hooks))
          await this.#maker.ask({ do: 'add', layer: layer.id, features })
        state.made = await this.#maker.ask({ do: 'finish', layer: layer.id })
      } while (state.isDirty && !this.#app.stopping.aborted)
    } catch (error) {
      state.isDirty = true
      if (!this.#app.stopping.aborted) this.#app.log.error({ err: error, layer: layer.id }, 'layer cannot be made')
    }
  }
}
