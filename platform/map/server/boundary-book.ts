import type { App } from '#runtime'
import { type Boundary, boundariesInForce } from './boundary.ts'
import { type DivisionAt, divisionIndex } from './division-index.ts'
import type { Box } from './tables.ts'

export const BOUNDARY_CHANGED = 'map.boundary.changed'

/** The boundaries in force as this process knows them, read again when they change anywhere. */
export class BoundaryBook {
  readonly #app: App
  #at: DivisionAt = () => undefined
  #byCode: ReadonlyMap<string, Boundary> = new Map()
  #reading = Promise.resolve()

  constructor(app: App) {
    this.#app = app
  }

  async start(): Promise<void> {
    this.#app.hear(({ topic }) => {
      if (topic === BOUNDARY_CHANGED)
        this.read().catch((error) => this.#app.log.error({ err: error }, 'boundaries cannot be read'))
    })
    await this.read()
  }

  /** One reading at a time, so that an older one never overtakes. */
  read(): Promise<void> {
    const next = this.#reading
      .catch(() => undefined)
      .then(async () => {
        const boundaries = await boundariesInForce(this.#app.db)
        this.#byCode = new Map(boundaries.map((boundary) => [boundary.code, boundary]))
        this.#at = divisionIndex(boundaries)
      })
    this.#reading = next
    return next
  }

  at(lng: number, lat: number): string | undefined {
    return this.#at(lng, lat)
  }

  find(code: string): Boundary | undefined {
    return this.#byCode.get(code)
  }

  /** Box of the city; undefined while it has no boundaries. */
  bounds(): Box | undefined {
    const boxes = [...this.#byCode.values()].filter(({ level }) => level === 'county').map(({ bbox }) => bbox)
    if (boxes.length === 0) return undefined
    const at = (side: number) => boxes.map((box) => box[side] ?? 0)
    return [Math.min(...at(0)), Math.min(...at(1)), Math.max(...at(2)), Math.max(...at(3))]
  }
}
