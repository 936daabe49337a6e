import type { App } from '#runtime'
import { type Boundary, boundariesInForce } from './boundary.ts'
import { type DivisionAt, divisionIndex } from './division-index.ts'

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
}
