import { parseArgs } from 'node:util'
import type { Page as Tab } from 'playwright-core'
import { settled, startBrowser } from '../../apps/portal/browser.ts'
import { docx, REPORT, WORD } from '../../domains/supervision/cloud/server/testing.ts'
import { act, Camera } from './camera.ts'

/**
 * Walks the supervised year of docs/supervision.md in a browser, as office, unit and leader would, and takes its pictures:
 * `node tools/pictures/supervision.ts --address http://127.0.0.1:8080`, beside a freshly started `npm start`.
 */
const { values: options } = parseArgs({
  options: { address: { type: 'string', default: 'http://127.0.0.1:8080' } },
})
/** The demonstration gives this district a milestone that was due two days ago. */
const LATE = 'task-17-370902'

const browser = await startBrowser()
const camera = new Camera(browser, options.address)

/** The office has a Word report read. */
async function readReport(): Promise<void> {
  const tab = await camera.tab('supervision')
  await tab.goto(`${options.address}/supervision/drafts`)
  await settled(tab)
  await tab.getByLabel('Title of the plan').fill('2026年政府工作报告重点任务')
  const file = { name: '政府工作报告.docx', mimeType: WORD, buffer: Buffer.from(docx(REPORT)) }
  await tab.locator('main input[type=file]').setInputFiles(file)
  await tab.getByText(file.name).waitFor()
  await tab.getByRole('button', { name: 'Make a draft', exact: true }).click()
  await tab.getByText('To be mended before publishing').first().waitFor()
  await tab.context().close()
}

/** The unit signs for its late matter, is urged by the clock, and hands its milestone in. */
async function handIn(): Promise<string> {
  const tab = await camera.tab('taishan-data')
  await tab.goto(`${options.address}/supervision/tasks/${LATE}`)
  await settled(tab)
  await tab.locator('main a[href^="/loops/"]').first().click()
  await tab.getByRole('button', { name: 'Sign for it', exact: true }).waitFor()
  const path = new URL(tab.url()).pathname
  await act(tab, 'Sign for it')
  await tab.getByText('Urged', { exact: true }).first().waitFor({ timeout: 60_000 })
  await act(tab, 'Report a milestone', async (form) => {
    await form.getByLabel('Result').fill('清单已报市大数据局备案')
    const file = { name: '备案表.txt', mimeType: 'text/plain', buffer: Buffer.from('系统 12 个，数据资源 143 项') }
    await form.locator('input[type=file]').setInputFiles(file)
    await form.getByText(file.name).waitFor()
  })
  await tab.context().close()
  return path
}

/** Somebody else checks it. */
async function check(path: string): Promise<void> {
  const tab = await camera.tab('supervision')
  await tab.goto(options.address + path)
  await act(tab, 'Passes the check', async (form) => {
    await form.getByRole('combobox').first().click()
    await tab.getByTitle('Good', { exact: true }).click()
  })
  await tab.context().close()
}

/** Opens the points of a unit. */
const openUnit =
  (names: Readonly<Record<'zh' | 'en', string>>) => async (tab: Tab, view: { language: 'zh' | 'en' }) => {
    const unit = tab.locator('.ant-collapse-header', { hasText: names[view.language] }).first()
    await unit.click()
    await unit.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    await tab.evaluate(() => window.scrollBy(0, -80))
  }

try {
  await readReport()
  await camera.picture('supervision-draft', '/supervision/drafts', 'supervision', async (tab) => {
    await tab.locator('main .ant-alert').first().scrollIntoViewIfNeeded()
    await tab.evaluate(() => window.scrollTo(0, 420))
  })
  await camera.picture('supervision-plan', '/supervision', 'leader')
  await check(await handIn())
  await camera.picture('supervision-task', `/supervision/tasks/${LATE}`, 'supervision')
  await camera.picture(
    'supervision-score',
    '/supervision/scores',
    'leader',
    openUnit({ zh: '泰山区大数据局', en: 'Taishan District Big Data Bureau' }),
  )
  process.stdout.write(`The pictures are taken: ${options.address}/supervision/tasks/${LATE}\n`)
} finally {
  await browser.close()
}
