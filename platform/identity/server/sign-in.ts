import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  type App,
  Forbidden,
  NotSignedIn,
  type ProductError,
  PUBLIC,
  type Route,
  route,
  sendProblem,
  TooMany,
  type Work,
  words,
} from '#runtime'
import { COOKIE } from './authenticator.ts'
import { countFailure, forgetFailures, LOCK_AFTER, locked, refuseLocked } from './failures.ts'
import { LONGEST_MS } from './find-session.ts'
import { isPassword } from './passwords.ts'
import { hashOf, newSecret } from './secret-token.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

const Body = Type.Object(
  {
    account: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Type.String({ pattern: '^\\d{6}$', description: 'Second factor, if the account has one' })),
  },
  { additionalProperties: false },
)

interface Attempt {
  readonly account: string
  readonly password: string
  readonly code?: string
}

/** Checks a second factor and marks it used. */
export type CheckCode = (
  work: Work,
  account: { id: string; totp_sealed: Buffer | null },
  code: string,
) => Promise<boolean>

const wrong = () => new NotSignedIn('wrong-sign-in', words('账号或密码不正确', 'The account or the password is wrong'))
const codeNeeded = () =>
  new NotSignedIn('code-needed', words('请输入动态验证码', 'Enter the code of your second factor'))

/**
 * `POST /api/session`. A refused attempt is an outcome, not a failure of the call: it is counted and audited in the
 * same transaction, so the answer is sent here instead of being thrown.
 */
export const signInRoute = (app: App, checkCode: CheckCode): Route =>
  route({
    method: 'POST',
    path: '/api/session',
    title: words('登录', 'Sign in'),
    right: PUBLIC,
    audit: 'identity.session.tried',
    body: Body,
    response: Type.Object({ account: Type.String() }),
    example: { account: 'admin' },
    handler: async ({ work, body, request, reply }) => {
      refuseOtherSites(request)
      const attempt = { ...body, account: body.account.trim().toLowerCase() }
      const outcome = await tryIt(work, attempt, request.ip, app.config.demo, checkCode)
      if ('refused' in outcome) {
        const { account, refused } = outcome
        const details = { outcome: refused.code }
        work.audit({ event: 'identity.session.tried', ...subjectOf(account), details })
        return sendProblem(refused, request, reply)
      }
      const secret = await beginSession(work, outcome.id, request)
      work.audit({ event: 'identity.session.tried', ...subjectOf(outcome.id), details: { outcome: 'signed-in' } })
      setCookie(reply, request, secret)
      return { account: attempt.account }
    },
  })

const subjectOf = (account: string | undefined) => (account ? { subject: { kind: 'account', id: account } } : {})

/** Nobody may be signed in by another site's page, even with that site's own account. */
function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site')
    throw new Forbidden('foreign-site', words('请在本站登录', 'Sign in on this site'))
}

type Outcome = { readonly id: string } | { readonly account?: string; readonly refused: ProductError }

async function tryIt(
  work: Work,
  attempt: Attempt,
  address: string,
  isDemo: boolean,
  checkCode: CheckCode,
): Promise<Outcome> {
  const keys = { account: `account:${attempt.account}`, address: `address:${address}` }
  const lockedNow = await lockOf(work, keys)
  if (lockedNow) return { refused: lockedNow }
  const account = await from(work.tx)
    .selectFrom('identity.account')
    .select(['id', 'password_hash', 'disabled_at', 'totp_sealed'])
    .where('account', '=', attempt.account)
    .where((where) => (isDemo ? where.lit(true) : where('is_demo', '=', false)))
    .executeTakeFirst()
  const isRight = await isPassword(account?.password_hash, attempt.password)
  // Guesses that ran beside this one may have locked the account meanwhile.
  const lockedSince = await lockOf(work, keys)
  if (lockedSince) return { refused: lockedSince, ...(account ? { account: account.id } : {}) }
  if (account && isRight && !account.disabled_at) {
    if (account.totp_sealed === null || (attempt.code && (await checkCode(work, account, attempt.code)))) {
      await forgetFailures(work.tx, keys.account)
      return { id: account.id }
    }
    if (!attempt.code) return { account: account.id, refused: codeNeeded() }
  }
  return failed(work, account?.id, keys)
}

interface Keys {
  readonly account: string
  readonly address: string
}

async function lockOf(work: Work, keys: Keys): Promise<TooMany | undefined> {
  try {
    await refuseLocked(work.tx, [keys.account, keys.address], work.at)
    return undefined
  } catch (error) {
    if (error instanceof TooMany) return error
    throw error
  }
}

async function failed(work: Work, account: string | undefined, keys: Keys): Promise<Outcome> {
  await countFailure(work.tx, keys.address, LOCK_AFTER.address, work.at)
  const until = await countFailure(work.tx, keys.account, LOCK_AFTER.account, work.at)
  if (until)
    work.audit({ event: 'identity.account.locked', ...subjectOf(account), details: { until: until.toISOString() } })
  return { ...(account ? { account } : {}), refused: until ? locked(until, work.at) : wrong() }
}

async function beginSession(work: Work, account: string, request: FastifyRequest): Promise<string> {
  const secret = newSecret()
  const [post] = await usablePosts(work.tx, account, work.at)
  await from(work.tx)
    .insertInto('identity.session')
    .values({
      id: randomUUID(),
      token_hash: hashOf(secret),
      account,
      post: post?.id ?? null,
      created_at: work.at,
      seen_at: work.at,
      ended_at: null,
      address: request.ip,
      agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    })
    .execute()
  return secret
}

function setCookie(reply: FastifyReply, request: FastifyRequest, secret: string): void {
  void reply.setCookie(COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: LONGEST_MS / 1000,
  })
}
