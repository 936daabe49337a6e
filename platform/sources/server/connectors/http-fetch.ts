import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { InvalidInput, Unavailable, words } from '#runtime'
import type { Egress } from '../egress.ts'
import { asAway } from './away.ts'

export interface Page {
  readonly body: unknown
  /** Entity tag. */
  readonly tag: string | null
}

/**
 * Gets a page by its path or address; `same` if it still has this entity tag.
 * @throws Unavailable after several tries, InvalidInput for an answer that is no JSON or an address elsewhere
 */
export type Fetch = (pathOrAddress: string, tag: string | null, signal?: AbortSignal) => Promise<Page | 'same'>

const TRIES = 5
const WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000
const TIMEOUT_MS = 60_000
const LARGEST_PAGE = 64 * 2 ** 20
const AGAIN = new Set([408, 425, 429, 500, 502, 503, 504])

/** @param address beginning of every call; pages elsewhere are refused, redirections are not followed */
export function fetcher(egress: Egress, address: string, user: string | undefined, secret: string | undefined): Fetch {
  const base = new URL(address.endsWith('/') ? address : `${address}/`)
  const authorization = authorizationOf(user, secret)
  return async (pathOrAddress, tag, signal) => {
    const url = new URL(pathOrAddress.replace(/^\//, ''), base)
    if (/^https?:/i.test(pathOrAddress)) url.href = pathOrAddress
    if (url.origin !== base.origin)
      throw new InvalidInput('page-elsewhere', words('下一页指向了另一台主机', 'The next page is on another host'))
    const headers = { accept: 'application/json', ...authorization, ...(tag ? { 'if-none-match': tag } : {}) }
    for (let attempt = 1; ; attempt++) {
      const answer = await call(egress, url, headers, signal).catch((error: unknown) => {
        signal?.throwIfAborted()
        if (attempt === TRIES || error instanceof InvalidInput) throw asAway(error)
        return undefined
      })
      if (answer && !(AGAIN.has(answer.status) && attempt < TRIES)) return pageOf(answer, url)
      await sleep(waitOf(answer, attempt), undefined, { ...(signal ? { signal } : {}) })
    }
  }
}

const authorizationOf = (user: string | undefined, secret: string | undefined): Record<string, string> => {
  if (!secret) return {}
  const basic = () => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
  return { authorization: user ? basic() : `Bearer ${secret}` }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

function waitOf(answer: Answer | undefined, attempt: number): number {
  const asked = Number(answer?.headers['retry-after'])
  return Math.min(LONGEST_WAIT_MS, asked > 0 ? asked * 1000 : WAIT_MS * 2 ** (attempt - 1))
}

async function call(egress: Egress, url: URL, headers: object, signal: AbortSignal | undefined): Promise<Answer> {
  const isTls = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const address = await egress.resolve(host, Number(url.port || (isTls ? 443 : 80)))
  return new Promise((done, failed) => {
    const request = (isTls ? requestHttps : requestHttp)(
      {
        host: address,
        port: url.port || (isTls ? 443 : 80),
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
        timeout: TIMEOUT_MS,
        ...(isTls ? { servername: host } : {}),
        ...(signal ? { signal } : {}),
      },
      (response) =>
        textOf(response).then(
          (text) => done({ status: response.statusCode ?? 0, headers: response.headers, text }),
          failed,
        ),
    )
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', failed)
    request.end()
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const blocks: Buffer[] = []
  let size = 0
  for await (const block of response) {
    size += (block as Buffer).length
    if (size > LARGEST_PAGE)
      throw new InvalidInput(
        'page-too-large',
        words('一页超过 64 MB，请缩小每页行数', 'A page has more than 64 MB; ask for fewer rows'),
      )
    blocks.push(block as Buffer)
  }
  return Buffer.concat(blocks).toString('utf8')
}

/** Digits that a double holds for certain. */
const DOUBLE_DIGITS = 15

/** A number that a double cannot hold, such as an identity number, stays the text it was. */
function keepLongNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const { source = String(value) } = context ?? {}
  return Number.isInteger(value) || source.replaceAll(/\D/g, '').length > DOUBLE_DIGITS ? source : value
}

function pageOf({ status, headers, text }: Answer, url: URL): Page | 'same' {
  if (status === 304) return 'same'
  if (status !== 200)
    throw new Unavailable(
      'source-refuses',
      words(`来源接口 ${url.pathname} 应答 ${status}`, `The interface ${url.pathname} of the source answers ${status}`),
    )
  try {
    return { body: JSON.parse(text, keepLongNumbers), tag: headers.etag ?? null }
  } catch {
    throw new InvalidInput(
      'no-json',
      words(`来源接口 ${url.pathname} 的应答不是完整的 JSON`, `The answer of ${url.pathname} is not whole JSON`),
    )
  }
}
