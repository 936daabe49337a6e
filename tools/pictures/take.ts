import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Browser, Page as Tab } from 'playwright-core'
import { open, settled, startBrowser, type View } from '../../apps/portal/browser.ts'

/**
 * Walks the first closed loop of the README in a browser, as the people concerned would, and takes the README's pictures
 * on the way: `node tools/pictures/take.ts --address http://127.0.0.1:8080`, beside a freshly started `npm start`.
 */
const { values: options } = parseArgs({
  options: {
    address: { type: 'string', default: 'http://127.0.0.1:8080' },
    state: { type: 'string', default: '.data/replay.json' },
  },
})
const ROOT = join(import.meta.dirname, '../..')
const PASSWORD = 'Daizong-2026'
const BAD_AIR = 112
const ENGLISH: View = { name: 'en', language: 'en', width: 1280 }
const VIEWS: readonly View[] = [ENGLISH, { name: 'zh', language: 'zh', width: 1280 }]

/** Feeds recorded hours until so many have gone in, or to their end. */
async function replay(until?: number): Promise<void> {
  const args = ['domains/ecology/air/replay.ts', '--address', options.address, '--state', options.state, '--speed', '4']
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(`(${until}/`)) child.kill()
  await ended
}

async function cookieOf(account: string): Promise<string> {
  const answer = await fetch(`${options.address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: PASSWORD }),
  })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function tabOf(browser: Browser, view: View, account?: string): Promise<Tab> {
  const context = await open(browser, options.address, view, account ? await cookieOf(account) : '')
  return context.newPage()
}

/** The same page in both languages. */
async function picture(browser: Browser, name: string, path: string, account?: string): Promise<void> {
  for (const view of VIEWS) {
    const tab = await tabOf(browser, view, account)
    await tab.goto(options.address + path)
    await settled(tab)
    await tab.waitForTimeout(4_000)
    const folder = join(ROOT, 'docs/pictures', view.language)
    mkdirSync(folder, { recursive: true })
    await tab.screenshot({ path: join(folder, `${name}.png`) })
    await tab.context().close()
  }
}

async function act(tab: Tab, action: string, fill: (form: ReturnType<Tab['locator']>) => Promise<void>): Promise<void> {
  await tab.getByRole('button', { name: action, exact: true }).first().click()
  const form = tab.getByRole('dialog')
  await form.waitFor()
  await fill(form)
  await form.getByRole('button', { name: action, exact: true }).click()
  await form.waitFor({ state: 'detached' })
}

const plain = async () => undefined

/** Receives the first matter of the county, names the source and reports with evidence; returns the matter's page. */
async function handle(browser: Browser): Promise<string> {
  const tab = await tabOf(browser, ENGLISH, 'taishan')
  await tab.goto(options.address)
  await settled(tab)
  await tab.locator('main a[href^="/loops/"]', { hasText: 'air warning' }).last().click()
  await tab.getByRole('button', { name: 'Receive', exact: true }).waitFor()
  const path = new URL(tab.url()).pathname
  await act(tab, 'Receive', plain)
  await act(tab, 'Name the source and order measures', async (form) => {
    await form.getByRole('combobox').first().click()
    await tab.getByTitle('Dust of sites and roads').click()
    await form.getByLabel('What was found').fill('Uncovered earth at two sites of the eastern ring road')
    await form.getByLabel('Unit responsible').fill('Housing and Urban-Rural Development Bureau of Taishan District')
  })
  await picture(browser, 'loop', path, 'taishan')
  await act(tab, 'Report what was done', async (form) => {
    await form.getByLabel('What was done').fill('Sites covered and sprinkled; trucks washed at the gates')
    const file = {
      name: 'sites.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Both sites seen and photographed at 14:20'),
    }
    await form.locator('input[type=file]').setInputFiles(file)
    await form.getByText('sites.txt').waitFor()
  })
  await tab.context().close()
  return path
}

const browser = await startBrowser()
try {
  await picture(browser, 'sign-in', '/sign-in')
  await replay(BAD_AIR)
  await picture(browser, 'workbench', '/', 'taishan')
  await picture(browser, 'air', '/air', 'ecology')
  await picture(browser, 'cockpit', '/cockpit', 'leader')
  await picture(browser, 'map', '/map', 'leader')
  const path = await handle(browser)
  const checker = await tabOf(browser, ENGLISH, 'taishan-check')
  await checker.goto(options.address + path)
  await act(checker, 'Accept', plain)
  await checker.getByText('Waiting for the station').first().waitFor()
  await replay()
  // No reload: the page itself learns that the station has closed the matter.
  await checker.getByText('Closed by the station').first().waitFor({ timeout: 60_000 })
  await picture(browser, 'closed', path, 'taishan')
  process.stdout.write(`The circle is closed: ${options.address}${path}\n`)
} finally {
  await browser.close()
}
