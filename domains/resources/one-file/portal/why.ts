import type { Words } from '../../../../platform/runtime/words.ts'

/** Why a pair is to be looked at. */
export const WHY: Readonly<Record<string, Words>> = {
  unsure: { zh: '系统拿不准', en: 'Unsure' },
  'two-fit': { zh: '同时像两个对象', en: 'Two fit equally' },
  'keys-differ': { zh: '很像但号码不同', en: 'Alike, but other numbers' },
  sample: { zh: '抽查自动判断', en: 'Sample of automatic decisions' },
  asked: { zh: '人工提出合并', en: 'A merge was asked for' },
}
