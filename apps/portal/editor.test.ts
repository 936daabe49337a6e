import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { field } from '#platform/registry'
import { type Client, client, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import { words } from '#runtime'
import { buildPortal, servePortal } from '../server/portal.ts'
import { barriers, chromiumPath, open, settled, startBrowser } from './browser.ts'
import { makeThreeSteps, type Station } from './editor-walk.ts'

const MINUTES = 60_000
const TIMEOUT = 15_000
/** A folder with `zh` and `en` for the pictures of docs/editor.md: `PICTURES=docs/pictures npm run test:browser`. */
const { PICTURES } = process.env
const RIGHTS = {
  'loops.define': 'city',
  'loops.open': 'city',
  'loops.handle': 'city',
  'loops.hand-over': 'city',
} as const

describe.skipIf(!chromiumPath && !process.env.CI)('the editor of definitions in a browser', () => {
  let app: TestApp
  let browser: Browser
  let designer: Client

  beforeAll(async () => {
    await buildPortal()
    app = await testApp({ demo: PICTURES !== undefined, decorate: servePortal })
    browser = await startBrowser()
    designer = PICTURES ? await demonstrated(app) : await client(app, { rights: RIGHTS })
  }, 3 * MINUTES)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const tabOf = async (language: 'zh' | 'en', width: number): Promise<Tab> => {
    const context = await open(browser, app.address, { name: '', language, width }, designer.cookie)
    context.setDefaultTimeout(TIMEOUT)
    return context.newPage()
  }

  test.each(['zh', 'en'] as const)(
    'a newcomer draws, tries, publishes and uses a matter of three steps: %s',
    async (language) => {
      const tab = await tabOf(language, 1440)
      const faults: string[] = []
      tab.on('pageerror', (error) => faults.push(error.message))
      const look = async (station: Station) => {
        faults.push(...(await barriers(tab)).map((fault) => `${station}: ${fault}`))
        await picture(tab, language, station)
      }
      const path = await makeThreeSteps(tab, app.address, language, look)
      expect(faults).toEqual([])
      const { body } = await designer.get(`/api${path}`)
      expect(body).toMatchObject({
        draft: null,
        versions: [{ version: 1, inForce: true, running: 0 }],
        body: { clock: { limit: '5wd' } },
      })
      expect(Object.values(body.body.places)).toHaveLength(4)
      await tab.context().close()
    },
    3 * MINUTES,
  )

  test(
    'nothing flows over on a phone, and a mistake leads to its place',
    async () => {
      const tab = await tabOf('zh', 390)
      await tab.goto(`${app.address}/loops/definitions`)
      await settled(tab)
      await tab.getByRole('button', { name: '新建流程' }).click()
      await tab.getByLabel('办什么事').fill('来访')
      await tab.getByRole('radio', { name: '空白' }).check()
      await tab.getByRole('button', { name: '开始绘制' }).click()
      await tab.locator('.dz-faults li button').first().click()
      await tab.getByRole('heading', { level: 2, name: /^环节：/ }).waitFor()
      for (const stage of await tab.locator('.dz-stages button').all()) {
        await stage.click()
        expect(await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
        expect(await barriers(tab)).toEqual([])
      }
      await tab.context().close()
    },
    MINUTES,
  )

  test(
    'the drawing is worked with the keyboard alone, undone and done again',
    async () => {
      const tab = await tabOf('en', 1440)
      await tab.goto(`${app.address}/loops/definitions`)
      await settled(tab)
      await tab.getByRole('button', { name: 'New definition' }).press('Enter')
      await tab.getByLabel('What kind of matter').and(tab.locator(':focus')).waitFor()
      await tab.keyboard.type('Keys')
      await tab.keyboard.press('Enter')
      await tab.waitForURL(/definitions\/own\./)
      const step = tab.getByRole('button', { name: 'Step: In hand' })
      await step.press('Enter')
      await tab.getByRole('heading', { level: 2, name: 'Step: In hand' }).waitFor()
      await tab.getByRole('button', { name: 'Remove "In hand"' }).press('Enter')
      await step.waitFor({ state: 'detached' })
      await tab.keyboard.press('Control+z')
      await step.waitFor()
      await tab.keyboard.press('Control+y')
      await step.waitFor({ state: 'detached' })
      await tab.context().close()
    },
    MINUTES,
  )

  test(
    'a trial begins afresh when it is opened again or the draft has changed, and a version says what it is for',
    async () => {
      const tab = await tabOf('en', 1440)
      await tab.goto(`${app.address}/loops/definitions`)
      await settled(tab)
      await tab.getByRole('button', { name: 'New definition' }).click()
      await tab.getByLabel('What kind of matter').fill('Visits')
      await tab.getByRole('button', { name: 'Begin drawing' }).click()
      await tab.waitForURL(/definitions\/own\./)
      const panel = tab.locator('.dz-panel')
      const stage = (name: string) => tab.locator('.dz-stages button', { hasText: name }).click()
      const begin = async () => {
        const about = panel.getByLabel('What it is about')
        expect(await about.inputValue()).toBe('')
        await about.fill('Noise')
        await panel.getByRole('button', { name: 'Begin the trial' }).click()
        await panel.getByText('Now: To be accepted').waitFor()
      }
      await panel.getByLabel('Title', { exact: true }).fill('Visitors')
      await stage('Try it out')
      await begin()
      await stage('Publish')
      await stage('Try it out')
      await begin()
      await tab.getByRole('button', { name: 'Undo' }).click()
      await begin()

      await stage('Publish')
      const note = panel.getByLabel('What this version is for')
      expect(await note.inputValue()).toBe('First version')
      await note.fill('')
      await panel.getByText('Say first what this version is for').waitFor()
      expect(await panel.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
      expect(await barriers(tab)).toEqual([])
      await tab.context().close()
    },
    MINUTES,
  )

  test(
    'joint handling is made in the editor alone, with a field for the units, and opens a matter for each',
    async () => {
      const share = {
        title: { zh: '协办', en: 'Share of a unit' },
        headline: { zh: '协办', en: 'Share' },
        data: { type: 'object', properties: { unit: field.organisation(words('单位', 'Unit')) }, required: ['unit'] },
        start: 'handling',
        places: {
          handling: { title: words('办理', 'In hand'), kind: 'open', assign: { right: 'loops.handle' } },
          done: { title: words('办结', 'Done'), kind: 'end', outcome: 'done' },
        },
        actions: { finish: { title: words('办结', 'Finish'), from: ['handling'], to: 'done' } },
      }
      const path = '/api/loops/definitions/own.share'
      const { body: draft } = await designer.put(`${path}/draft`, { body: share, revision: 0 })
      await designer.post(`${path}/publish`, { revision: draft.revision, note: 'First' })

      const tab = await tabOf('en', 1440)
      await tab.goto(`${app.address}/loops/definitions`)
      await settled(tab)
      await tab.getByRole('button', { name: 'New definition' }).click()
      await tab.getByLabel('What kind of matter').fill('Clean-up')
      await tab.getByRole('radio', { name: 'Blank' }).check()
      await tab.getByRole('button', { name: 'Begin drawing' }).click()
      await tab.waitForURL(/definitions\/own\./)
      const { pathname } = new URL(tab.url())
      const panel = tab.locator('.dz-panel')
      const pick = async (label: string, option: string) => {
        await tab.getByRole('combobox', { name: label }).click()
        await tab.keyboard.type(option)
        await tab.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click()
      }
      await tab.getByRole('combobox', { name: 'Add a field' }).click()
      await tab.getByTitle('Several organisations', { exact: true }).click()
      await tab.getByRole('button', { name: 'Step: First step' }).click()
      await panel.getByText('1 post has it now').waitFor()
      await panel.getByLabel('Several units handle it at the same time').click()
      await pick('Each unit follows the definition', 'Share of a unit')
      await pick('Field of theirs that names the unit', 'Unit')
      await tab.getByText('Nothing is wrong').waitFor()
      expect(await barriers(tab)).toEqual([])
      await tab.locator('.dz-stages button', { hasText: 'Publish' }).click()
      await panel.getByRole('button', { name: 'Publish', exact: true }).click()
      await tab.getByRole('button', { name: 'Open the first one' }).click()
      const form = tab.getByRole('dialog')
      await form.getByLabel('What it is about').fill('River')
      await form.getByLabel('Several organisations').click()
      for (const name of ['Big Data Bureau', 'Finance Bureau']) {
        await tab.keyboard.type(name)
        await tab.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).first().click()
      }
      await form.getByLabel('What it is about').click()
      expect(await barriers(tab)).toEqual([])
      await form.getByRole('button', { name: /Open$/ }).click()
      await tab.waitForURL(/\/loops\/\d+$/)
      await tab.getByText('Joint units').waitFor()
      const { body } = await designer.get(`/api/loops/${tab.url().split('/').at(-1)}`)
      expect(body.shares).toHaveLength(2)
      expect((await designer.get(`/api${pathname}`)).body.body.places.step1.joint.loop).toBe('own.share')
      await tab.context().close()
    },
    MINUTES,
  )

  test(
    'what is exported as BPMN opens again as a new definition, the same as it was',
    async () => {
      const tab = await tabOf('zh', 1440)
      await tab.goto(`${app.address}/loops/definitions`)
      await settled(tab)
      await tab.getByRole('button', { name: '新建流程' }).click()
      await tab.getByLabel('办什么事').fill('往返')
      await tab.getByRole('button', { name: '开始绘制' }).click()
      await tab.waitForURL(/definitions\/own\./)
      const first = new URL(tab.url()).pathname
      const [file] = await Promise.all([
        tab.waitForEvent('download'),
        tab.getByRole('button', { name: '导出 BPMN 文件' }).click(),
      ])
      expect(file.suggestedFilename()).toBe('往返.bpmn')
      await tab.goto(`${app.address}/loops/definitions`)
      await tab.locator('input[type=file]').setInputFiles(await file.path())
      await tab.waitForURL(/definitions\/own\./)
      const second = new URL(tab.url()).pathname
      expect(second).not.toBe(first)
      const drafts = await Promise.all([first, second].map((path) => designer.get(`/api${path}`)))
      const [before, after] = drafts.map(({ body: { draft } }) => ({ ...draft.body, id: '' }))
      expect(after).toEqual(before)
      await tab.context().close()
    },
    MINUTES,
  )
})

/** The administrator of the demonstration city, who looks better in pictures. */
async function demonstrated(app: TestApp): Promise<Client> {
  const { body } = await visitorClient(app).get('/api/session/demonstration')
  return signIn(app, 'admin', body.password)
}

async function picture(tab: Tab, language: string, station: Station): Promise<void> {
  if (!PICTURES) return
  await mkdir(join(PICTURES, language), { recursive: true })
  await tab.evaluate(() => window.scrollTo(0, 0))
  await tab.screenshot({ path: join(PICTURES, language, `editor-${station}.png`) })
}
