import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page as Tab } from 'playwright-core'

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Chromium of this machine; `CHROMIUM` names another one. */
export const chromiumPath = PLACES.find((path) => path !== undefined && existsSync(path))

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })

/** A way to look at the portal. */
export interface View {
  readonly name: string
  readonly language: 'zh' | 'en'
  readonly width: number
  readonly large?: true
}

/** A browser of its own with this view, signed in by the cookie. */
export async function open(browser: Browser, address: string, view: View, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: view.width, height: 900 }, reducedMotion: 'reduce' })
  const [name = '', value = ''] = cookie.split('=')
  if (cookie) await context.addCookies([{ name, value, url: address }])
  await context.addInitScript(
    ([language, large]) => {
      localStorage.setItem('daizong.language', language ?? 'zh')
      localStorage.setItem('daizong.large-type', large ?? '0')
    },
    [view.language, view.large ? '1' : '0'],
  )
  return context
}

/** Waits until the page has its heading and nothing is being loaded. */
export async function settled(tab: Tab): Promise<void> {
  await tab.waitForSelector('h1', { timeout: 15_000 })
  await tab.waitForFunction(() => !document.querySelector('.ant-skeleton-active, .ant-spin-spinning'), undefined, {
    timeout: 15_000,
  })
  await tab.waitForTimeout(150)
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds against WCAG 2.2 AA, one line a place. */
export async function barriers(tab: Tab): Promise<string[]> {
  await tab.evaluate(axeSource)
  const violations = await tab.evaluate<Violation[], string[]>(async (values) => {
    const { axe } = window as unknown as {
      axe: { run(where: Document, how: object): Promise<{ violations: Violation[] }> }
    }
    return (await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations
  }, WCAG)
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${(node.failureSummary ?? '').slice(0, 200)}`),
  )
}

/** Texts on the page, but those marked as being of a language of their own. */
export const texts = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(':not(html)[lang], script, style')) found.push(node.textContent?.trim() ?? '')
    return found.filter(Boolean)
  })
