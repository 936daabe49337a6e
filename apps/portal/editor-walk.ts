import type { Locator, Page as Tab } from 'playwright-core'
import { settled } from './browser.ts'

type Language = 'zh' | 'en'
/** Called at the five stations of the walk. */
export type Station = 'start' | 'step' | 'clock' | 'trial' | 'published'

/**
 * A newcomer makes a matter of three steps within five working days from an empty start, following the page alone: draws
 * it, tries it out, publishes it, opens the first one and brings it to its end.
 * @returns path of the definition
 */
export async function makeThreeSteps(
  tab: Tab,
  address: string,
  language: Language,
  at: (station: Station) => Promise<void>,
): Promise<string> {
  const w = (zh: string, en: string) => (language === 'zh' ? zh : en)
  const button = (name: string, where: Tab | Locator = tab) => where.getByRole('button', { name: named(name) })
  const stage = (name: string) => tab.locator('.dz-stages button', { hasText: name }).click()
  const panel = tab.locator('.dz-panel')
  const name = (text: string) => panel.getByLabel(w('环节名称', 'Name of the step'), { exact: true }).fill(text)
  const goOn = () => button(w('下一环节', 'Next step'), tab.locator('.dz-tools')).click()
  const checked = () => tab.getByText(w('检查通过', 'Nothing is wrong')).waitFor()

  await tab.goto(`${address}/loops/definitions`)
  await settled(tab)
  await button(w('新建流程', 'New definition')).click()
  await tab.getByLabel(w('办什么事', 'What kind of matter')).fill(w('来访登记', 'Visits'))
  await tab.getByRole('radio', { name: w('空白', 'Blank') }).check()
  await button(w('开始绘制', 'Begin drawing')).click()
  await tab.waitForURL(/definitions\/own\./)
  await settled(tab)
  await tab.locator('.dz-faults').waitFor()
  await at('start')

  await stage(w('画环节', 'Draw the steps'))
  await tab.getByRole('button', { name: w('环节：第一步', 'Step: First step') }).click()
  await name(w('受理', 'Accept'))
  await goOn()
  await name(w('办理', 'Handle'))
  await goOn()
  await name(w('核验', 'Check'))
  await choose(tab, w('添加操作，通向', 'Add an action that leads to'), w('办结', 'Done'))
  await panel.getByRole('heading', { name: w('操作：办结', 'Action: Finish') }).waitFor()
  await tab.getByRole('button', { name: w('环节：办理', 'Step: Handle') }).click()
  await checked()
  await at('step')

  await stage(w('设时限', 'Set the clock'))
  await tab.getByLabel(w('设置时限', 'Has a limit')).click()
  await tab.getByText(w('全程时限：5个工作日', 'Whole matter: 5 working days')).waitFor()
  await checked()
  await at('clock')

  await stage(w('试运行', 'Try it out'))
  await panel.getByLabel(w('事由', 'What it is about')).fill(w('反映夜间施工噪声', 'Noise at night'))
  await button(w('开始试运行', 'Begin the trial')).click()
  await button(w('提交', 'Submit'), panel).click()
  await panel.getByText(w('现在：办理', 'Now: Handle')).waitFor()
  await button(w('过5个工作日看看', 'Let 5 working days pass'), panel).click()
  await panel.getByText(w('过了5个工作日', '5 working days later')).waitFor()
  await button(w('提交', 'Submit'), panel).click()
  await panel.getByText(w('现在：核验', 'Now: Check')).waitFor()
  await at('trial')
  await button(w('办结', 'Finish'), panel).click()
  await panel.getByText(w('已走到办结', 'It has come to its end')).waitFor()

  await stage(w('发布', 'Publish'))
  await button(w('发布', 'Publish'), panel).click()
  await tab.getByText(w('第 1 版已发布并生效', 'Version 1 is published and in force')).waitFor()
  await tab.getByText(w('与生效版本相同', 'Nothing differs from what is in force')).waitFor()
  await at('published')
  const { pathname } = new URL(tab.url())

  await button(w('发起一件试试', 'Open the first one')).click()
  const form = tab.getByRole('dialog')
  await form.getByLabel(w('事由', 'What it is about')).fill(w('反映夜间施工噪声', 'Noise at night'))
  await button(w('发起', 'Open'), form).click()
  await tab.waitForURL(/\/loops\/\d+$/)
  for (const action of [w('提交', 'Submit'), w('提交', 'Submit'), w('办结', 'Finish')]) await act(tab, action)
  return pathname
}

/** An icon of a button is part of its name. */
const named = (name: string) => new RegExp(`(^|\\s)${name}$`)

/** Chooses from a list by the label of the list. */
async function choose(tab: Tab, label: string, option: string): Promise<void> {
  await tab.getByRole('combobox', { name: label, exact: true }).click()
  await tab.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).click()
}

async function act(tab: Tab, action: string): Promise<void> {
  await settled(tab)
  await tab
    .locator('main')
    .getByRole('button', { name: named(action) })
    .first()
    .click()
  const form = tab.getByRole('dialog')
  await form.getByRole('button', { name: named(action) }).click()
  await form.waitFor({ state: 'detached' })
}
