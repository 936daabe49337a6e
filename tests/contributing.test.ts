import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mismatches } from '#platform/registry'
import { type Client, client, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import type { Module } from '#runtime'
import { platformModules } from '../platform/modules.ts'

/** The steps of CONTRIBUTING.md, done in a copy of the folders that they touch, and then used as people use them. */
const ROOT = resolve(import.meta.dirname, '..')
const LIST = 'domains/domains.ts'
const PASSWORD = 'Daizong-2026'

let copy: string
let running: TestApp
let [clerk, steward] = [] as unknown as [Client, Client]
let matter = ''

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'daizong-contributing-'))
  for (const name of ['package.json', 'domains']) await cp(join(ROOT, name), join(copy, name), { recursive: true })
  for (const name of ['platform', 'data', 'node_modules']) await symlink(join(ROOT, name), join(copy, name))
  for (const [file, text] of await steps()) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await writeFile(join(copy, file), file === LIST ? await listed(text) : text)
  }
  const { domainModules } = (await import(join(copy, LIST))) as { domainModules: readonly Module[] }
  running = await testApp({ demo: true, modules: [...platformModules, ...domainModules] })
  clerk = await signIn(running, 'clerk', PASSWORD)
  steward = await signIn(running, 'steward', PASSWORD)
}, 120_000)
afterAll(async () => {
  await running?.stop()
  await rm(copy, { recursive: true, force: true })
})

/** Every code block that a file name in bold precedes. */
async function steps(): Promise<readonly (readonly [string, string])[]> {
  const text = await readFile(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  return [...text.matchAll(/^\*\*`([^`]+)`\*\*\n\n```\w+\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', code = '']) => [file, code] as const,
  )
}

/** The list with the import on top and the module it names among the others. */
async function listed(statement: string): Promise<string> {
  const name = /\{ (\w+) \}/.exec(statement)?.[1] ?? ''
  const before = await readFile(join(copy, LIST), 'utf8')
  return statement + before.replace('= [', `= [${name}, `)
}

const suggest = (who: Client, body: object = { subject: '延长窗口时间', text: '周六上午也开放' }) =>
  who.post('/api/suggestions', body)
const todo = async (who: Client) =>
  (await who.get('/api/loops/inbox?tab=todo&definition=suggestions.handling')).body.rows as { readonly id: string }[]
const act = async (who: Client, id: string, action: string, form: object = { answer: '同意，下月起试行' }) => {
  const { revision = 1 } = (await who.get(`/api/loops/${id}`)).body.matter ?? {}
  return who.post(`/api/loops/${id}/actions`, { action, revision, form, key: `${id}-${action}-${revision}` })
}

test('the steps write a module with everything a module has', async () => {
  const files = (await steps()).map(([file]) => file.replace('domains/office/suggestions/', ''))
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'module.ts',
      'migrations/0001-suggestions.sql',
      'server/index.ts',
      'portal/pages.ts',
      LIST,
    ]),
  )
  expect(running.app.modules.map(({ id }) => id)).toContain('suggestions')
})

test('its table is what its declaration says', async () => {
  const own = running.app
    .declared('datasets')
    .flatMap(({ module, entry }) => (module.id === 'suggestions' ? entry : []))
  expect(own).toHaveLength(1)
  expect(await mismatches(running.app.db, own)).toEqual([])
})

test('a suggestion becomes a matter in the inbox of who must answer, and of nobody else', async () => {
  const made = await suggest(clerk)
  expect(made.status).toBe(200)
  matter = made.body.loop
  expect((await todo(steward)).map(({ id }) => id)).toEqual([matter])
  expect(await todo(clerk)).toEqual([])
})

test('a wrong suggestion is refused and opens nothing', async () => {
  expect((await suggest(clerk, { subject: '', text: '无事由' })).status).toBe(422)
  expect(await todo(steward)).toHaveLength(1)
})

test('visitors and residents may not suggest', async () => {
  expect((await suggest(visitorClient(running))).status).toBe(401)
  expect((await suggest(await signIn(running, 'resident', PASSWORD))).status).toBe(403)
})

test('who suggested may not answer, and a stranger does not see it', async () => {
  expect((await act(clerk, matter, 'adopt')).status).toBe(403)
  expect((await (await client(running)).get(`/api/loops/${matter}`)).status).toBe(404)
})

test('the data bureau answers it, not without words, and then it is closed', async () => {
  expect((await act(steward, matter, 'adopt', {})).status).toBe(422)
  expect((await act(steward, matter, 'adopt')).body).toMatchObject({ place: 'adopted', ended: true })
  const { fields } = (await clerk.get(`/api/loops/${matter}`)).body as {
    fields: readonly { readonly name: string; readonly value: { readonly zh: string } }[]
  }
  expect(fields.find(({ name }) => name === 'answer')?.value.zh).toBe('同意，下月起试行')
})

test('nobody answers his own suggestion, whatever he may', async () => {
  const own = (await suggest(steward)).body.loop
  const answer = await act(steward, own, 'adopt')
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.body.title).toContain('自己的建议')
})
