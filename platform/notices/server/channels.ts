import { createTransport } from 'nodemailer'
import { hmacSm3 } from '#platform/crypto'
import type { Config } from '#runtime'
import type { Channel } from '../contract.ts'

const TIMEOUT_MS = 20_000

/** The ways out that the settings open; none of them by default. */
export function channelsOf(config: Config): readonly Channel[] {
  return [
    ...(config.smtpUrl ? [mailChannel(config.smtpUrl)] : []),
    ...(config.smsUrl ? [smsChannel(config.smsUrl)] : []),
  ]
}

/** Mail by SMTP. The sender is the user of the address, or `daizong@<host>`. */
function mailChannel(address: string): Channel {
  const { username, hostname } = new URL(address)
  const user = decodeURIComponent(username)
  const from = user.includes('@') ? user : `${user || 'daizong'}@${hostname}`
  const transport = createTransport(
    { url: address, connectionTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    { from },
  )
  return {
    id: 'mail',
    send: async (to, subject, text) => {
      await transport.sendMail({ to, subject, text })
    },
  }
}

/**
 * SMS by an HTTP gateway: `POST {to, text}` as JSON; the password of the address signs the body, header
 * `x-signature` = HMAC-SM3 in hex. Any 2xx counts as taken.
 */
function smsChannel(address: string): Channel {
  const url = new URL(address)
  const secret = decodeURIComponent(url.password)
  url.username = ''
  url.password = ''
  return {
    id: 'sms',
    send: async (to, _subject, text) => {
      const body = JSON.stringify({ to, text })
      const headers = {
        'content-type': 'application/json',
        'x-signature': hmacSm3(Buffer.from(secret), Buffer.from(body)).toString('hex'),
      }
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!answer.ok) throw new TypeError(`The SMS gateway answered ${answer.status}`)
    },
  }
}
