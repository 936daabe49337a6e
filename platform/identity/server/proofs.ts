import { sql } from 'kysely'
import { type DataKey, keys, openFields, type Resealer, sealedWithOther, sealFields } from '#platform/crypto'
import { type App, Conflict, type Db, InvalidInput, type Words, type Work, words } from '#runtime'
import type { Proof } from '../contract.ts'
import { PROOF_PURPOSE } from '../proof-purpose.ts'
import type { AccountKind } from '../role.ts'
import { from } from './tables.ts'

const CONTEXT = 'identity.proof'

interface Shown {
  readonly number: string
  readonly name: string
}

/** How the number of each kind of account is written; staff are known by their posts. */
const NUMBERS: Readonly<Record<AccountKind, { readonly like: RegExp; readonly wrong: Words } | undefined>> = {
  resident: {
    like: /^[1-9]\d{16}[\dX]$/,
    wrong: words('公民身份号码应为 18 位', 'A citizen number has 18 digits'),
  },
  firm: {
    like: /^[0-9A-HJ-NPQRTUWXY]{18}$/,
    wrong: words('统一社会信用代码应为 18 位', 'A unified social credit code has 18 signs'),
  },
  staff: undefined,
}

/** Of which person or firm an account is, because a clerk saw the card or the licence. Number and name are sealed. */
export class Proofs {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  /** @throws InvalidInput, Conflict when it is proven already */
  async prove(work: Work, account: { readonly id: string; readonly kind: AccountKind }, shown: Shown): Promise<void> {
    const rule = NUMBERS[account.kind]
    if (!rule) throw new InvalidInput('not-provable', words('工作人员账号不核验', 'Accounts of staff are not proven'))
    if (!rule.like.test(shown.number))
      throw new InvalidInput('wrong-number', rule.wrong, [{ path: '/number', message: rule.wrong }])
    const sealed = seal(this.#app.use(keys).of(PROOF_PURPOSE).current, account.id, shown)
    const { numInsertedOrUpdatedRows: made } = await from(work.tx)
      .insertInto('identity.proof')
      .values({ account: account.id, ...sealed, by: work.actor.id, at: work.at })
      .onConflict((conflict) => conflict.column('account').doNothing())
      .executeTakeFirst()
    if (!made)
      throw new Conflict(
        'already-proven',
        words('该账号已核验，如有误请先撤销', 'The account is proven already; withdraw that first if it is wrong'),
      )
    work.audit({ event: 'identity.account.proven', subject: { kind: 'account', id: account.id } })
  }

  /** Takes a proof back that was wrong; returns whether there was one. */
  async withdraw(work: Work, account: string): Promise<boolean> {
    const { numDeletedRows } = await from(work.tx)
      .deleteFrom('identity.proof')
      .where('account', '=', account)
      .executeTakeFirst()
    work.audit({ event: 'identity.account.proof-withdrawn', subject: { kind: 'account', id: account } })
    return numDeletedRows > 0
  }

  async find(id: string, db: Db): Promise<Proof | undefined> {
    const row = await from(db)
      .selectFrom('identity.proof')
      .innerJoin('identity.account', 'identity.account.id', 'identity.proof.account')
      .select(['identity.account.id', 'kind', 'number_sealed', 'name_sealed', 'at'])
      .where('identity.account.id', '=', id)
      .executeTakeFirst()
    if (!row || row.kind === 'staff') return undefined
    return { kind: row.kind, ...open(this.#app, { ...row, account: row.id }), at: row.at }
  }

  /** Seals them again when their key rotates. */
  resealer(): Resealer {
    const old = (current: DataKey) => sealedWithOther(sql`number_sealed`, current)
    return {
      id: CONTEXT,
      purpose: PROOF_PURPOSE,
      remaining: async (work, current) => {
        const { rows } = await sql<{ count: number }>`select count(*) as count from identity.proof
          where ${old(current)}`.execute(work.tx)
        return rows[0]?.count ?? 0
      },
      reseal: async (work, current, limit) => {
        const { rows } = await sql<SealedRow>`select account, number_sealed, name_sealed from identity.proof
          where ${old(current)} limit ${limit} for update`.execute(work.tx)
        for (const row of rows) {
          const sealed = seal(current, row.account, open(this.#app, row))
          await from(work.tx).updateTable('identity.proof').set(sealed).where('account', '=', row.account).execute()
        }
        return rows.length
      },
    }
  }
}

interface SealedRow {
  readonly account: string
  readonly number_sealed: Buffer
  readonly name_sealed: Buffer
}

/** Each value is bound to its account and place, so that none can stand for another. */
const placesOf = (account: string): string[] => [`${account}/number`, `${account}/name`]

function seal(key: DataKey, account: string, { number, name }: Shown) {
  const [number_sealed, name_sealed] = sealFields(key, CONTEXT, [number, name], placesOf(account))
  return { number_sealed: number_sealed as Buffer, name_sealed: name_sealed as Buffer }
}

function open(app: App, { account, number_sealed, name_sealed }: SealedRow): Shown {
  const sealed = [number_sealed, name_sealed]
  const [number, name] = openFields(app.use(keys).of(PROOF_PURPOSE), CONTEXT, sealed, placesOf(account))
  return { number: number ?? '', name: name ?? '' }
}
