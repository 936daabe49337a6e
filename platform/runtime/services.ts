import { Defect, StartError } from './errors.ts'

/** A typed name for something that one capability provides and others use. */
export interface ServiceRef<T> {
  readonly id: string
  /** Carries the type only. */
  readonly type?: T
}

/** Declares a service; the only place its name is written. */
export const service = <T>(id: string): ServiceRef<T> => ({ id })

/** What has been provided so far, in start order. */
export class Services {
  readonly #provided = new Map<string, unknown>()

  /** @throws StartError if two modules provide the same service. */
  provide<T>(ref: ServiceRef<T>, value: T): void {
    if (this.#provided.has(ref.id)) throw new StartError(`Service "${ref.id}" is provided twice.`)
    this.#provided.set(ref.id, value)
  }

  /** @throws Defect if nothing provides it yet: the module lacks it in `needs`. */
  get<T>(ref: ServiceRef<T>): T {
    if (!this.#provided.has(ref.id)) throw new Defect(`Service "${ref.id}" is not started; name its module in needs.`)
    return this.#provided.get(ref.id) as T
  }

  find<T>(ref: ServiceRef<T>): T | undefined {
    return this.#provided.get(ref.id) as T | undefined
  }
}
