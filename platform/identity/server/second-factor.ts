import { sql } from 'kysely'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { type DataKey, keys, openFields, type Resealer, sealedWithOther, sealFields } from '#platform/crypto'
import type { App, Work } from '#runtime'
import { TOTP_PURPOSE } from '../totp-purpose.ts'
import { from } from './tables.ts'

const CONTEXT = 'identity.account.totp'
/** RFC 6238 5.2: one time step of delay is allowed for. */
const TOLERANCE_SECONDS = 30

/** Time-based codes [RFC 6238] as the second factor of a sign-in; secrets are sealed, bound to their account. */
export class SecondFactor {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  /** A new secret for an account, and the address that an authenticator app reads from the QR code. */
  begin(account: { readonly id: string; readonly account: string }) {
    const secret = generateSecret()
    return {
      secret,
      uri: generateURI({ issuer: 'Daizong', label: account.account, secret }),
      sealed: this.#seal(account.id, secret),
    }
  }

  /** The time step of a right code; undefined for a wrong or used one. */
  stepOf(id: string, sealed: Buffer, code: string, at: Date, usedStep: number): number | undefined {
    const [secret] = openFields(this.#app.use(keys).of(TOTP_PURPOSE), CONTEXT, [sealed], [id])
    const epoch = Math.floor(at.getTime() / 1000)
    const found = verifySync({ token: code, secret: secret ?? '', epoch, epochTolerance: TOLERANCE_SECONDS })
    if (!found.valid) return undefined
    const step = Math.floor(epoch / 30) + found.delta
    return step > usedStep ? step : undefined
  }

  /** Checks a code at sign-in and uses it up. */
  async check(work: Work, account: { readonly id: string; readonly totp_sealed: Buffer | null }, code: string) {
    const row = await from(work.tx)
      .selectFrom('identity.account')
      .select('totp_step')
      .where('id', '=', account.id)
      .forUpdate()
      .executeTakeFirst()
    if (!row || !account.totp_sealed) return false
    const step = this.stepOf(account.id, account.totp_sealed, code, work.at, row.totp_step)
    if (step === undefined) return false
    await from(work.tx).updateTable('identity.account').set({ totp_step: step }).where('id', '=', account.id).execute()
    return true
  }

  /** Seals the secrets again when their key rotates. */
  resealer(): Resealer {
    const old = (current: DataKey) => sealedWithOther(sql`totp_sealed`, current)
    return {
      id: CONTEXT,
      purpose: TOTP_PURPOSE,
      remaining: async (work, current) => {
        const { rows } = await sql<{ count: number }>`select count(*) as count from identity.account
          where ${old(current)}`.execute(work.tx)
        return rows[0]?.count ?? 0
      },
      reseal: async (work, current, limit) => {
        const { rows } = await sql<{ id: string; totp_sealed: Buffer }>`select id, totp_sealed from identity.account
          where ${old(current)} limit ${limit} for update`.execute(work.tx)
        for (const { id, totp_sealed } of rows) {
          const [secret] = openFields(this.#app.use(keys).of(TOTP_PURPOSE), CONTEXT, [totp_sealed], [id])
          const [sealed] = sealFields(current, CONTEXT, [secret ?? ''], [id])
          const changed = { totp_sealed: sealed ?? null, totp_pending: null }
          await from(work.tx).updateTable('identity.account').set(changed).where('id', '=', id).execute()
        }
        return rows.length
      },
    }
  }

  #seal(id: string, secret: string): Buffer {
    const [sealed] = sealFields(this.#app.use(keys).of(TOTP_PURPOSE).current, CONTEXT, [secret], [id])
    return sealed as Buffer
  }
}
