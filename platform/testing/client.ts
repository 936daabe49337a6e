import { randomBytes } from 'node:crypto'
import { identity, staffing } from '#platform/identity'
import { type Actor, type Reach, system, words } from '#runtime'
import type { TestApp } from './test-app.ts'

/** An answer of the program. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it expects
  readonly body: any
  readonly headers: Headers
}

/** Calls the program as a browser of one person does. */
export interface Client {
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body?: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  /** `daizong=…` of the session, to call by other means. */
  readonly cookie: string
}

export interface SignedInClient extends Client {
  readonly actor: Actor
  /** What was typed to sign in. */
  readonly account: string
  readonly password: string
}

export interface ClientOptions {
  /** Rights of the post, each with its reach. */
  readonly rights?: Readonly<Record<string, Reach>>
  /** Organisation of the post; `city` unless said. Any of the tree, e.g. `county.370902.ecology`. */
  readonly organisation?: string
  readonly account?: string
}

const PASSWORD = 'Kept-for-tests-1'

/** Makes a person with one post that has exactly these rights, and signs in through the real route. */
export async function client(testApp: TestApp, options: ClientOptions = {}): Promise<SignedInClient> {
  const { rights = {}, organisation = 'city', account = `p${randomBytes(5).toString('hex')}` } = options
  const people = testApp.app.use(staffing)
  const id = await testApp.app.work(system('testing.client'), async (work) => {
    const role = await people.addRole(work, { id: `test.${account}`, title: words('测试角色', 'Test role'), rights })
    const title = words('测试岗位', 'Test post')
    const post = await people.addPost(work, { id: `post.${account}`, title, organisation, roles: [role] })
    const person = await people.addAccount(work, { account, name: account, kind: 'staff', password: PASSWORD })
    await people.assign(work, post, person)
    return person
  })
  const signedIn = await signIn(testApp, account, PASSWORD)
  return { ...signedIn, actor: await testApp.app.use(identity).actorFor(id), account, password: PASSWORD }
}

/** Signs in an existing account, e.g. one of the demonstration. */
export async function signIn(testApp: TestApp, account: string, password: string): Promise<Client> {
  const answer = await visitorClient(testApp).post('/api/session', { account, password })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (answer.status !== 200 || !cookie) throw new TypeError(`Sign-in failed: ${JSON.stringify(answer.body)}`)
  return clientWith(testApp, { cookie })
}

/** Somebody who is not signed in. */
export const visitorClient = (testApp: TestApp): Client => clientWith(testApp, {})

/** A machine with an API token. */
export const machineClient = (testApp: TestApp, token: string): Client =>
  clientWith(testApp, { authorization: `Bearer ${token}` })

/** JSON and what is built upon it, as problem+json; not lines of JSON. */
const JSON_TYPE = /^application\/([\w.-]+\+)?json\b/

function clientWith({ address }: TestApp, headers: Readonly<Record<string, string>>): Client {
  const call = (method: string) => async (path: string, body?: unknown) => {
    const answer = await fetch(address + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const isJson = JSON_TYPE.test(answer.headers.get('content-type') ?? '')
    return {
      status: answer.status,
      body: isJson ? await answer.json() : await answer.text(),
      headers: answer.headers,
    }
  }
  return {
    get: (path) => call('GET')(path),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: (path) => call('DELETE')(path),
    cookie: headers.cookie ?? '',
  }
}
