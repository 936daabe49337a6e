import { sql } from 'kysely'
import { type DataKey, keys, openFields, type Resealer, sealedWithOther, sealFields } from '#platform/crypto'
import type { App } from '#runtime'
import { SECRET_PURPOSE } from '../secret-purpose.ts'
import { sourcesTables } from './tables.ts'

const CONTEXT = 'sources.source.secret'

/** Passwords and tokens of sources: sealed, bound to their source, opened only to connect. */
export class Secrets {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  seal(source: string, secret: string): Buffer {
    const [sealed] = sealFields(this.#app.use(keys).of(SECRET_PURPOSE).current, CONTEXT, [secret], [source])
    return sealed ?? Buffer.alloc(0)
  }

  open(source: string, sealed: Buffer | null): string | undefined {
    if (!sealed) return undefined
    const [secret] = openFields(this.#app.use(keys).of(SECRET_PURPOSE), CONTEXT, [sealed], [source])
    return secret ?? undefined
  }

  /** Seals the secrets again when their key rotates. */
  resealer(): Resealer {
    const isOld = (current: DataKey) => sealedWithOther(sql`secret`, current)
    return {
      id: CONTEXT,
      purpose: SECRET_PURPOSE,
      remaining: async ({ tx }, current) => {
        const query = sql<{ count: number }>`select count(*) as count from sources.source where ${isOld(current)}`
        return Number((await query.execute(tx)).rows[0]?.count ?? 0)
      },
      reseal: async ({ tx }, current, limit) => {
        const { rows } = await sql<{ id: string; secret: Buffer }>`select id, secret from sources.source
          where ${isOld(current)} limit ${limit} for update`.execute(tx)
        for (const { id, secret } of rows) {
          const [sealed = null] = sealFields(current, CONTEXT, [this.open(id, secret) ?? ''], [id])
          await sourcesTables(tx).updateTable('sources.source').set({ secret: sealed }).where('id', '=', id).execute()
        }
        return rows.length
      },
    }
  }
}
