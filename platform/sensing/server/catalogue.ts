import { sql } from 'kysely'
import { type App, InvalidInput, NotFound, words } from '#runtime'
import type { Stage } from '../contract.ts'
import type { Channel, SeriesKind } from '../series.ts'

/** Numbers under which stages are stored. */
export const STAGES: Readonly<Record<Stage, number>> = { raw: 0, valid: 1, published: 2 }
export const STAGE_NAMES: readonly Stage[] = ['raw', 'valid', 'published']

export interface KnownKind extends SeriesKind {
  /** Channel by its id, with its number in the store. */
  readonly byId: ReadonlyMap<string, Channel & { readonly no: number }>
  readonly idOf: ReadonlyMap<number, string>
}

/** The declared kinds with the numbers of their channels. */
export class Catalogue {
  readonly #kinds = new Map<string, KnownKind>()

  /** Gives new channels their numbers; safe when several processes start at once. */
  async load(app: App): Promise<void> {
    const kinds = app.declared('series').map(({ entry }) => entry)
    const pairs = kinds.flatMap(({ id, channels }) => channels.map((channel) => ({ kind: id, id: channel.id })))
    if (pairs.length > 0)
      await sql`insert into sensing.channel (kind, id)
        select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as given(kind text, id text)
        where not exists (select from sensing.channel c where c.kind = given.kind and c.id = given.id)
        on conflict do nothing`.execute(app.db)
    const { rows } = await sql<{
      kind: string
      id: string
      no: number
    }>`select kind, id, no from sensing.channel`.execute(app.db)
    const numbers = new Map(rows.map(({ kind, id, no }) => [`${kind} ${id}`, no]))
    for (const kind of kinds) {
      const numbered = kind.channels.map((channel) => ({
        ...channel,
        no: numbers.get(`${kind.id} ${channel.id}`) ?? 0,
      }))
      this.#kinds.set(kind.id, {
        ...kind,
        byId: new Map(numbered.map((channel) => [channel.id, channel])),
        idOf: new Map(numbered.map(({ no, id }) => [no, id])),
      })
    }
  }

  all(): readonly KnownKind[] {
    return [...this.#kinds.values()]
  }

  find(id: string): KnownKind | undefined {
    return this.#kinds.get(id)
  }

  /** @throws NotFound */
  get(id: string): KnownKind {
    const kind = this.#kinds.get(id)
    if (!kind)
      throw new NotFound('unknown-kind', words(`没有“${id}”这种监测序列`, `There is no kind of series "${id}"`))
    return kind
  }

  /** Numbers of the channels named, or of all. @throws InvalidInput */
  channelNumbers(kind: KnownKind, ids: readonly string[] | undefined): number[] {
    if (!ids) return [...kind.idOf.keys()]
    return ids.map((id) => {
      const channel = kind.byId.get(id)
      if (!channel)
        throw new InvalidInput('unknown-channel', words(`没有“${id}”这个监测项`, `There is no channel "${id}"`))
      return channel.no
    })
  }
}
