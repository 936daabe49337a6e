import type { Reading } from './recorded.ts'

export interface Sender {
  readonly address: string
  /** Headers that say who sends: a machine's token or a session. */
  readonly headers: Readonly<Record<string, string>>
}

export interface Taken {
  readonly accepted: number
  readonly repeated: number
  readonly refused: number
}

/** Signs in as a person; machines bring their token instead. */
export async function signIn(address: string, account: string, password: string): Promise<Sender> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!answer.ok || !cookie) throw new TypeError(`Cannot sign in as ${account}: ${await answer.text()}`)
  return { address, headers: { cookie } }
}

const LATER = new Set([429, 502, 503, 504])
const PAUSE_MS = 2_000

/** Sends one batch through the public intake; waits while the server is busy or away, for the same batch twice is harmless. */
export async function send(sender: Sender, readings: readonly Reading[], signal?: AbortSignal): Promise<Taken> {
  for (;;) {
    const answer = await fetch(`${sender.address}/api/sensing/air.hourly/readings`, {
      method: 'POST',
      headers: { ...sender.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ readings }),
      ...(signal ? { signal } : {}),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error
      return undefined
    })
    if (answer?.ok) {
      const { accepted, repeated, refused } = (await answer.json()) as Omit<Taken, 'refused'> & { refused: unknown[] }
      return { accepted, repeated, refused: refused.length }
    }
    if (answer && !LATER.has(answer.status)) throw new TypeError(`The intake refused: ${await answer.text()}`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
