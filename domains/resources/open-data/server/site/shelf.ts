import { identity } from '#platform/identity'
import { type App, system, type Words } from '#runtime'
import { CHANGED, type Entry, entriesIn, getVersion, type Version } from '../store.ts'

/** A published dataset as readers find it. */
export interface Shelved {
  readonly entry: Entry
  readonly version: Version
  readonly owner: { readonly id: string; readonly name: Words }
  /** Everything of it that a search looks through, in small letters. */
  readonly text: string
}

const READER = system('open-data.shelf')

/**
 * Every published dataset with its version in force, kept in memory: there are hundreds, thousands at most, and every page,
 * client and harvester asks for them. Read again when one changes; another process hears of it within a second.
 */
export class Shelf {
  readonly #app: App
  #reading: Promise<readonly Shelved[]> | undefined

  constructor(app: App) {
    this.#app = app
    app.hear(({ topic }) => {
      if (topic === CHANGED || topic === 'open-data.promise.broken' || topic === 'open-data.promise.kept') this.forget()
    })
  }

  forget(): void {
    this.#reading = undefined
  }

  /** Newest change first. */
  all(): Promise<readonly Shelved[]> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.forget()
      throw error
    })
    return this.#reading
  }

  async find(id: string): Promise<Shelved | undefined> {
    return (await this.all()).find(({ entry }) => entry.id === id)
  }

  async #read(): Promise<readonly Shelved[]> {
    const app = this.#app
    return app.work(READER, async (work) => {
      const entries = await entriesIn(app, work, 'published')
      const names = new Map((await app.use(identity).organisations(work.tx)).map((each) => [each.id, each.name]))
      const shelved: Shelved[] = []
      for (const entry of entries) {
        const version = await getVersion(app, work, entry.id, Number(entry.version))
        const name = names.get(entry.owner) ?? { zh: entry.owner, en: entry.owner }
        shelved.push({ entry, version, owner: { id: entry.owner, name }, text: textOf(entry, version, name) })
      }
      return shelved.toSorted((a, b) => (b.entry.changedAt ?? '').localeCompare(a.entry.changedAt ?? ''))
    })
  }
}

const textOf = ({ id, meta }: Entry, { columns }: Version, owner: Words): string =>
  [
    id,
    ...[meta.title, meta.about, owner, ...columns.map(({ title }) => title)].flatMap(({ zh, en }) => [zh, en]),
    ...columns.map(({ name }) => name),
    ...meta.keywords,
  ]
    .join('\n')
    .toLowerCase()
