import { setTimeout as sleep } from 'node:timers/promises'
import type { Program } from './program.ts'

const PASSWORD = 'Daizong-2026'
const HOUR = 3_600_000
export const DEVICE = 'REPLAY-370902-1'

/** What the program has confirmed; a client keeps repeating each call until it is. */
export interface Confirmed {
  readonly organisations: string[]
  /** Instants of hourly readings with the value sent. */
  readonly readings: Map<number, number>
  readonly settings: { last: string }
}

/** What came back of a call. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** One person who works on, whatever happens: the same call again until it is confirmed or known to be done already. */
export class Worker {
  readonly #program: Program
  readonly account: string
  #cookie = ''

  constructor(program: Program, account: string) {
    this.#program = program
    this.account = account
  }

  /** @returns status of the first answer that is not a fault of the moment */
  async insist(method: string, path: string, body: unknown): Promise<number> {
    return (await this.answer(method, path, body)).status
  }

  /** @returns the first answer that is not a fault of the moment */
  async answer(method: string, path: string, body?: unknown): Promise<Answer> {
    for (;;) {
      const answer = await this.once(method, path, body)
        .then(read)
        .catch(() => ({ status: 0, body: undefined }))
      const { status } = answer
      if (status > 0 && status !== 401 && status !== 429 && status < 500) return answer
      if (status === 401) await this.#signIn().catch(() => undefined)
      await sleep(100)
    }
  }

  /** One try; a form is sent as it is, everything else as JSON. */
  async once(method: string, path: string, body: unknown): Promise<Response> {
    if (!this.#cookie) await this.#signIn()
    const isJson = body !== undefined && !(body instanceof FormData)
    return fetch(this.#program.address + path, {
      method,
      headers: { cookie: this.#cookie, ...(isJson ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as FormData) }),
      signal: AbortSignal.timeout(20_000),
    })
  }

  async #signIn(): Promise<void> {
    const answer = await fetch(`${this.#program.address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: this.account, password: PASSWORD }),
      signal: AbortSignal.timeout(20_000),
    })
    this.#cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }
}

/** Fails when the answer was cut off: a server that is killed may have sent no more than its head. */
async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Makes organisations with ids of its own choice; "taken" after a lost answer means that it was confirmed. */
export async function makeOrganisations(worker: Worker, confirmed: Confirmed, going: () => boolean): Promise<void> {
  for (let n = 1; going(); n++) {
    const id = `fault-test-${n}`
    const body = { id, parent: 'city.big-data', kind: 'body', name: { zh: `测试科${n}`, en: `Test section ${n}` } }
    const status = await worker.insist('POST', '/api/identity/organisations', body)
    if (status !== 200 && status !== 409) throw new TypeError(`making an organisation answered ${status}`)
    confirmed.organisations.push(id)
  }
}

/** Sends hourly readings, each hour once or more often, backwards from now. */
export async function sendReadings(worker: Worker, confirmed: Confirmed, going: () => boolean): Promise<void> {
  const newest = Math.floor(Date.now() / HOUR) * HOUR - HOUR
  for (let n = 0; going(); n++) {
    const at = newest - (n % 600) * HOUR
    const value = 20 + (n % 600) / 10
    const readings = [{ device: DEVICE, channel: 'pm25', at: new Date(at).toISOString(), value }]
    const status = await worker.insist('POST', '/api/sensing/air.hourly/readings', { readings })
    if (status !== 200) throw new TypeError(`sending readings answered ${status}`)
    confirmed.readings.set(at, value)
    await sleep(20)
  }
}

/** Changes one setting again and again; the last confirmed one must stand. */
export async function changeSettings(worker: Worker, confirmed: Confirmed, going: () => boolean): Promise<void> {
  for (let n = 1; going(); n++) {
    const mail = `n${n}@taian.example`
    const status = await worker.insist('PUT', '/api/notices/settings', { mail })
    if (status !== 200) throw new TypeError(`changing settings answered ${status}`)
    confirmed.settings.last = mail
    await sleep(20)
  }
}
