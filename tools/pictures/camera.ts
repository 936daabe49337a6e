import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page as Tab } from 'playwright-core'
import { open, settled, type View } from '../../apps/portal/browser.ts'

const FOLDER = join(import.meta.dirname, '../../docs/pictures')
const PASSWORD = 'Daizong-2026'
export const ENGLISH: View = { name: 'en', language: 'en', width: 1280 }
const VIEWS: readonly View[] = [ENGLISH, { name: 'zh', language: 'zh', width: 1280 }]

/** Somebody with a camera before a running demonstration. */
export class Camera {
  readonly #browser: Browser
  readonly address: string

  constructor(browser: Browser, address: string) {
    this.#browser = browser
    this.address = address
  }

  /** A window of the portal, signed in as somebody. */
  async tab(account?: string, view: View = ENGLISH): Promise<Tab> {
    const cookie = account ? await this.#cookieOf(account) : ''
    return (await open(this.#browser, this.address, view, cookie)).newPage()
  }

  /** The same page in both languages; `ready` brings it into the state to be shown. */
  async picture(name: string, path: string, account?: string, ready?: (tab: Tab, view: View) => Promise<void>) {
    for (const view of VIEWS) {
      const tab = await this.tab(account, view)
      await tab.goto(this.address + path)
      await settled(tab)
      await ready?.(tab, view)
      await tab.waitForTimeout(4_000)
      const folder = join(FOLDER, view.language)
      mkdirSync(folder, { recursive: true })
      await tab.screenshot({ path: join(folder, `${name}.png`) })
      await tab.context().close()
    }
  }

  async #cookieOf(account: string): Promise<string> {
    const answer = await fetch(`${this.address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, password: PASSWORD }),
    })
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
}

/** Presses the button of an action, fills its form and sends it. */
export async function act(tab: Tab, action: string, fill?: (form: Locator) => Promise<void>): Promise<void> {
  await tab.getByRole('button', { name: action, exact: true }).first().click()
  const form = tab.getByRole('dialog')
  await form.waitFor()
  await fill?.(form)
  await form.getByRole('button', { name: action, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}
