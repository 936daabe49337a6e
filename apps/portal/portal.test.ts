import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn, type TestApp, testApp, visitorClient } from '#platform/testing'
import { buildPortal, servePortal } from '../server/portal.ts'
import { barriers, chromiumPath, open, settled, startBrowser, texts, type View } from './browser.ts'
import { pages } from './src/pages.ts'

const VIEWS: readonly View[] = [
  { name: 'wide, English', language: 'en', width: 1440 },
  { name: 'phone, Chinese, large type', language: 'zh', width: 390, large: true },
]
const MINUTES = 60_000
/** Compressed script of a first visit. */
const FIRST_PAGE_KB = 350
const CJK = /[\u3400-\u9fff]/

if (!chromiumPath && !process.env.CI)
  process.stderr.write(
    'The portal is not tested in a browser: no Chromium. Install one, or name it with CHROMIUM=<path>.\n',
  )

describe.skipIf(!chromiumPath && !process.env.CI)('the portal in a browser', () => {
  let app: TestApp
  let browser: Browser
  let people: readonly { readonly cookie: string; readonly rights: Readonly<Record<string, string>> }[]
  let chinese: ReadonlySet<string>

  beforeAll(async () => {
    await buildPortal()
    app = await testApp({ demo: true, decorate: servePortal })
    browser = await startBrowser()
    const { body } = await visitorClient(app).get('/api/session/demonstration')
    people = await Promise.all(
      body.accounts.map(async ({ account }: { account: string }) => {
        const person = await signIn(app, account, body.password)
        return { cookie: person.cookie, rights: (await person.get('/api/session')).body.rights }
      }),
    )
    chinese = new Set([...wordsOfBundles(), ...wordsIn(app.app.modules)])
  }, 3 * MINUTES)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  test.concurrent.each(VIEWS)(
    'every page is free of barriers, scrolling aside, errors and foreign words: $name',
    async (view) => {
      const faults: string[] = []
      for (const [person, paths] of shares()) {
        const context = await open(browser, app.address, view, person.cookie)
        const tab = await context.newPage()
        const errors = noteErrors(tab)
        const found = new Map<string, string>()
        for (const path of paths) await look(path, path)
        for (const [pattern, path] of found) await look(pattern, path)
        await context.close()

        async function look(name: string, path: string): Promise<void> {
          await tab.goto(app.address + path)
          await settled(tab)
          for (const fault of [...(await faultsOf(tab, view, chinese)), ...errors.splice(0)])
            faults.push(`${name}: ${fault}`)
          if (name === path) for (const [pattern, link] of await detailLinks(tab)) found.set(pattern, link)
        }
      }
      expect(faults).toEqual([])
    },
    10 * MINUTES,
  )

  test(
    'a person signs in by typing, goes by keyboard and signs out',
    async () => {
      const { body } = await visitorClient(app).get('/api/session/demonstration')
      const context = await open(browser, app.address, { name: '', language: 'en', width: 1440 }, '')
      const tab = await context.newPage()
      await tab.goto(`${app.address}/developers/api`)
      await settled(tab)
      expect(await barriers(tab)).toEqual([])
      await tab.getByLabel('Account', { exact: true }).fill(body.accounts[0].account)
      await tab.getByLabel('Password', { exact: true }).fill('not this one')
      await tab.keyboard.press('Enter')
      await tab.getByText('The account or the password is wrong').waitFor()
      await tab.getByLabel('Password', { exact: true }).fill(body.password)
      await tab.keyboard.press('Enter')
      await tab.waitForURL(`${app.address}/developers/api`)
      await settled(tab)
      expect(await tab.title()).toBe('API document · Daizong')
      await tab.reload()
      await settled(tab)
      await tab.keyboard.press('Tab')
      expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
      await tab.getByRole('link', { name: 'Workbench' }).first().press('Enter')
      await tab.getByRole('heading', { level: 1, name: 'Workbench' }).waitFor()
      expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Workbench')
      await tab.getByTestId('person').click()
      await tab.getByText('Sign out').click()
      await tab.getByRole('heading', { level: 1, name: 'Sign in to Daizong' }).waitFor()
      await context.close()
    },
    2 * MINUTES,
  )

  test.each(['/sign-in', '/'])(
    'a first visit to %s loads no more script than allowed',
    async (path) => {
      const cookie = path === '/' ? (people[0]?.cookie ?? '') : ''
      const context = await open(browser, app.address, { name: '', language: 'zh', width: 1440 }, cookie)
      const tab = await context.newPage()
      const sizes: Promise<number>[] = []
      tab.on('requestfinished', (request) => {
        if (request.resourceType() === 'script') sizes.push(request.sizes().then((size) => size.responseBodySize))
      })
      await tab.goto(app.address + path)
      await settled(tab)
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      expect(bytes).toBeGreaterThan(100_000)
      expect(bytes / 1_024).toBeLessThanOrEqual(FIRST_PAGE_KB)
      await context.close()
    },
    MINUTES,
  )

  test(
    'a page that hears nothing of the server says so, and goes on when it answers again',
    async () => {
      const context = await open(
        browser,
        app.address,
        { name: '', language: 'en', width: 390 },
        people[0]?.cookie ?? '',
      )
      const tab = await context.newPage()
      await tab.route('**/api/live', (route) => route.fulfill({ status: 503 }))
      await tab.goto(app.address)
      const banner = tab.getByText('The connection to the server is lost')
      await banner.waitFor()
      await tab.unroute('**/api/live')
      await banner.waitFor({ state: 'detached' })
      await context.close()
    },
    MINUTES,
  )

  test(
    'a page without the right says so, an unknown address too',
    async () => {
      const resident = people.find(({ rights }) => Object.keys(rights).length === 0) ?? people.at(-1)
      const context = await open(
        browser,
        app.address,
        { name: '', language: 'en', width: 1440 },
        resident?.cookie ?? '',
      )
      const tab = await context.newPage()
      const page = pages.find(({ right, path }) => right && !resident?.rights[right] && !path.includes('$'))
      await tab.goto(app.address + (page?.path ?? ''))
      await tab.getByText('Your present post has no right to this page').waitFor()
      await tab.goto(`${app.address}/no/such/page`)
      await tab.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
      await context.close()
    },
    MINUTES,
  )

  /** Every fixed page, each shared out to the first person who may open it; those of the public site to nobody. */
  function shares(): ReadonlyMap<(typeof people)[number], readonly string[]> {
    const shared = new Map<(typeof people)[number], string[]>()
    for (const page of pages.filter(({ path, open: isOpen }) => !path.includes('$') && !isOpen)) {
      const person = people.find(({ rights }) => page.right === undefined || rights[page.right])
      if (!person) throw new Error(`No demonstration account may open ${page.path}`)
      shared.set(person, [...(shared.get(person) ?? []), page.path])
    }
    const visitor = { cookie: '', rights: {} }
    const site = pages.filter(({ path, open: isOpen, bare }) => isOpen && !bare && !path.includes('$'))
    shared.set(
      visitor,
      site.map(({ path }) => path),
    )
    return shared
  }
})

async function faultsOf(tab: Tab, view: View, chinese: ReadonlySet<string>): Promise<string[]> {
  const faults = await barriers(tab)
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (wide > 0) faults.push(`scrolls sideways by ${wide} px`)
  const headings = await tab.locator('h1').count()
  if (headings !== 1) faults.push(`has ${headings} headings of the first level`)
  if (view.language === 'en')
    for (const text of await texts(tab)) if (CJK.test(text) && chinese.has(text)) faults.push(`not in English: ${text}`)
  return faults
}

/** The first link on the page to each page that takes a parameter. */
async function detailLinks(tab: Tab): Promise<readonly (readonly [string, string])[]> {
  const links = await tab.$$eval('main a[href^="/"]', (all) => all.map((link) => link.getAttribute('href') ?? ''))
  return pages
    .filter(({ path }) => path.includes('$'))
    .flatMap(({ path }) => {
      const fits = new RegExp(`^${path.replace(/\$\w+/g, '[^/?]+')}(\\?.*)?$`)
      const link = links.find((href) => fits.test(href) && !pages.some((page) => page.path === href))
      return link ? [[path, link] as const] : []
    })
}

function noteErrors(tab: Tab): string[] {
  const errors: string[] = []
  tab.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} ${message.location().url}`)
  })
  tab.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  return errors
}

/** Chinese texts of the product's own: whole string literals of the built portal. */
function wordsOfBundles(): string[] {
  const folder = join(import.meta.dirname, 'dist/assets')
  const literal = /(["'`])((?:(?!\1)[^\\\n]|\\.)*[\u3400-\u9fff](?:(?!\1)[^\\\n]|\\.)*)\1/g
  return globSync('*.js', { cwd: folder }).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(literal)].map((match) => match[2] ?? ''),
  )
}

/** Every `zh` in what the modules declare. */
function wordsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const { zh } = value as { zh?: unknown }
  return [...(typeof zh === 'string' ? [zh] : []), ...Object.values(value).flatMap((inner) => wordsIn(inner, seen))]
}
