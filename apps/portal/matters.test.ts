import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import { buildPortal, servePortal } from '../server/portal.ts'
import { barriers, chromiumPath, open, settled, startBrowser } from './browser.ts'

const MINUTES = 60_000
const TIMEOUT = 15_000
const SHORT = 600

describe.skipIf(!chromiumPath && !process.env.CI)('many matters at once in a browser', () => {
  let app: TestApp
  let browser: Browser
  let password: string

  beforeAll(async () => {
    await buildPortal()
    app = await testApp({ demo: true, decorate: servePortal })
    browser = await startBrowser()
    password = (await visitorClient(app).get('/api/session/demonstration')).body.password
  }, 3 * MINUTES)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  const tabOf = async (person: Client, width: number): Promise<Tab> => {
    const context = await open(browser, app.address, { name: '', language: 'en', width }, person.cookie)
    context.setDefaultTimeout(TIMEOUT)
    return context.newPage()
  }
  const confirm = (tab: Tab) => tab.locator('.ant-modal .ant-btn-primary').click()

  test(
    'three matters of an inbox become one, and one is split off again on its page',
    async () => {
      const tab = await tabOf(await signIn(app, 'data-head', password), 390)
      await tab.goto(`${app.address}/loops/inbox`)
      await settled(tab)
      const boxes = tab.locator('.dz-inbox input[type=checkbox]')
      for (const n of [0, 1, 2]) await boxes.nth(n).check()
      await tab.getByRole('button', { name: 'Merge into one' }).click()
      await tab.locator('.ant-modal input[type=radio]').first().check()
      await tab.getByLabel('Why').fill('The same thing')
      expect(await barriers(tab)).toEqual([])
      await confirm(tab)
      await tab.locator('.ant-modal [role=status] li').nth(1).waitFor()
      expect(await tab.locator('.ant-modal [role=status] li').allTextContents()).toEqual([
        expect.stringMatching(/: merged$/),
        expect.stringMatching(/: merged$/),
      ])
      await confirm(tab)

      const supervisor = await signIn(app, 'supervision', password)
      const { body } = await supervisor.get('/api/loops?limit=100')
      const details = await Promise.all(
        body.rows.map(async ({ id }: { id: string }) => (await supervisor.get(`/api/loops/${id}`)).body),
      )
      const lead = details.find(({ followers }) => followers.length > 0)
      expect(lead.followers).toHaveLength(2)
      const page = await tabOf(supervisor, 1440)
      await page.goto(`${app.address}/loops/${lead.matter.id}`)
      await settled(page)
      await page.getByRole('button', { name: 'Split off' }).click()
      await page.locator('.ant-modal input[type=checkbox]').first().check()
      await page.getByLabel('Why').fill('Two things')
      expect(await barriers(page)).toEqual([])
      await confirm(page)
      await page.getByText('split off; back with those who had it').waitFor()
      await confirm(page)
      await page.getByText('A matter was split off this one').waitFor()
      await page.getByText('Merged into this one (1)').waitFor()
    },
    2 * MINUTES,
  )

  test(
    'all that one has open goes to another, with a result for each',
    async () => {
      const tab = await tabOf(await signIn(app, 'admin', password), 1440)
      await tab.goto(`${app.address}/loops/hand-over`)
      await settled(tab)
      const pick = async (label: string, name: string) => {
        await tab.getByLabel(label, { exact: true }).fill(name)
        await tab.locator('.ant-select-item-option', { hasText: name }).last().click()
      }
      await pick('Who leaves', '韩冰')
      await tab.locator('input[type=radio]:not([disabled])').first().check()
      await pick('Who gets them', '赵磊')
      await tab.getByLabel('Who gets them: at which post').click()
      await tab.keyboard.press('Enter')
      await tab.getByLabel('Why').fill('Moved to another bureau')
      await tab.waitForTimeout(SHORT)
      expect(await barriers(tab)).toEqual([])
      await tab.getByRole('button', { name: /^Hand over \d+ matters$/ }).click()
      await tab.getByRole('button', { name: 'Hand over', exact: true }).click()
      await tab.getByText(/Done: \d+ handed over\. /).waitFor()
      await tab.getByText('Handed over', { exact: true }).first().waitFor()
      expect(await barriers(tab)).toEqual([])
    },
    2 * MINUTES,
  )
})
