import type { IndexLevel } from './types.ts'

/** Levels, categories and colours: table 2 and annex A of HJ 633-2012, unchanged in HJ 633-2026. */
export const HJ633_LEVELS: readonly IndexLevel[] = [
  { level: 1, upTo: 50, title: { zh: '优', en: 'Excellent' }, colour: { zh: '绿色', en: 'green' }, rgb: [0, 228, 0] },
  { level: 2, upTo: 100, title: { zh: '良', en: 'Good' }, colour: { zh: '黄色', en: 'yellow' }, rgb: [255, 255, 0] },
  {
    level: 3,
    upTo: 150,
    title: { zh: '轻度污染', en: 'Lightly polluted' },
    colour: { zh: '橙色', en: 'orange' },
    rgb: [255, 126, 0],
  },
  {
    level: 4,
    upTo: 200,
    title: { zh: '中度污染', en: 'Moderately polluted' },
    colour: { zh: '红色', en: 'red' },
    rgb: [255, 0, 0],
  },
  {
    level: 5,
    upTo: 300,
    title: { zh: '重度污染', en: 'Heavily polluted' },
    colour: { zh: '紫色', en: 'purple' },
    rgb: [153, 0, 76],
  },
  {
    level: 6,
    upTo: null,
    title: { zh: '严重污染', en: 'Severely polluted' },
    colour: { zh: '褐红色', en: 'maroon' },
    rgb: [126, 0, 35],
  },
]
