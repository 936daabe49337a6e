import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, client, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
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
