import { randomBytes } from 'node:crypto'
import { hmacSm3, keys, recordMac } from '#platform/crypto'
import { type App, InvalidInput, words } from '#runtime'

const PURPOSE = 'exchange.push'

/** Checks where changes are to be pushed to: only hosts that the administrator lists. @throws InvalidInput */
export function checkTarget(app: App, url: string): string {
  const target = URL.canParse(url) ? new URL(url) : undefined
  const isHttp = target?.protocol === 'https:' || target?.protocol === 'http:'
  if (target && isHttp && !target.username && app.config.pushHosts.includes(target.host)) return target.href
  const message = words(
    '推送地址须为管理员已允许的主机（设置 DAIZONG_PUSH_HOSTS）',
    'The address must be on a host that the administrator allows (setting DAIZONG_PUSH_HOSTS)',
  )
  throw new InvalidInput('wrong-target', message, [{ path: '/url', message }])
}

/** What a subscription's signatures are made with, worked out from the platform's key: nothing secret is stored. */
interface PushSecret {
  readonly salt: string
  readonly key_id: number
}

export function newSecret(app: App): PushSecret {
  return { salt: randomBytes(16).toString('hex'), key_id: app.use(keys).of(PURPOSE).current.id }
}

/** The secret as the consumer is told it once, 64 hex digits. */
export function secretOf(app: App, grant: string, { salt, key_id }: PushSecret): string {
  const ring = app.use(keys).of(PURPOSE)
  const key = ring.all.find(({ id }) => id === key_id) ?? ring.current
  return recordMac(key, Buffer.from(`${grant} ${salt}`)).toString('hex')
}

/** HMAC-SM3 over `<time stamp>.<body>`, hex. */
export const signatureOf = (secret: string, at: string, body: string): string =>
  hmacSm3(Buffer.from(secret, 'hex'), `${at}.${body}`).toString('hex')
