import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export interface LightTables {
  /** Schedule performance index below which the light is red. */
  readonly redBelow: number
  /** Below which it is yellow. */
  readonly yellowBelow: number
}

/** A milestone as the light counts it. */
export interface Counted {
  /** Share of the whole, 0 to 1. */
  readonly weight: number
  readonly due: string
  readonly achievedOn: string | null
  /** Handed in for checking on that day; in time, it is not overdue while it waits for the checker. */
  readonly reportedOn: string | null
}

export interface Assessed {
  readonly light: 'green' | 'yellow' | 'red' | 'grey'
  /** Weight of what was due before the day: its last day is the unit's own. */
  readonly planned: number
  /** Weight of what has been achieved and proved. */
  readonly earned: number
  /** Earned over what was planned and earned of it; null while nothing is due. */
  readonly spi: number | null
  readonly overdue: number
}

/**
 * Light on a day (`YYYY-MM-DD`), from the weights of milestones. Nothing planned yet: grey, or green if something is achieved
 * ahead of time. One overdue milestone makes a task red; of a `whole` (goal, unit, plan) the index decides, and the overdue
 * one keeps it from being green.
 */
export function assess(tables: LightTables, milestones: readonly Counted[], day: string, whole = false): Assessed {
  const planned = sum(milestones.filter(({ due }) => due < day))
  const earned = sum(milestones.filter(({ achievedOn }) => achievedOn !== null && achievedOn <= day))
  const overdue = milestones.filter(
    ({ due, achievedOn, reportedOn }) =>
      due < day && (achievedOn === null || achievedOn > day) && (reportedOn === null || reportedOn > due),
  ).length
  const spi = planned === 0 ? null : earned / planned
  return { light: lightOf(tables, spi, overdue, earned, whole), planned, earned, spi, overdue }
}

function lightOf(
  tables: LightTables,
  spi: number | null,
  overdue: number,
  earned: number,
  whole: boolean,
): Assessed['light'] {
  if (overdue > 0 && !whole) return 'red'
  if (spi === null) return earned > 0 ? 'green' : 'grey'
  if (spi < tables.redBelow) return 'red'
  return spi < tables.yellowBelow || overdue > 0 ? 'yellow' : 'green'
}

/** Sums to a billionth, so that shares of thirds compare as they should. */
const sum = (milestones: readonly Counted[]): number =>
  Math.round(milestones.reduce((total, { weight }) => total + weight, 0) * 1e9) / 1e9

const milestone = (
  weight: number,
  due: string,
  achievedOn: string | null = null,
  reportedOn = achievedOn,
): Counted => ({
  weight,
  due,
  achievedOn,
  reportedOn,
})

export const lightPack: RulePack<LightTables, { day: string; milestones: Counted[]; whole?: boolean }> = {
  id: 'taian-supervision-light-2026',
  title: words('泰安市重点工作进度亮灯规则', "Lights of Tai'an's key work"),
  source: { document: '督查督办智慧云平台运行规则（本地，可配置）', clause: '亮灯' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: { redBelow: 0.8, yellowBelow: 0.95 },
  notes: [
    {
      text: words(
        '有节点超期或进度指数（已完成÷应完成）低于 0.8 为红灯，低于 0.95 为黄灯；数值由督查室确定，可另发版本。',
        'Red if a milestone is overdue or the index is below 0.8, yellow below 0.95; the office sets the numbers by a new edition.',
      ),
      clause: null,
      verified: false,
    },
    {
      text: words(
        '按期上报、等待核验的节点不算超期，但未计入已完成。',
        'A milestone handed in in time is not overdue while it waits for its check, but earns nothing yet.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'half of the weight planned, all of it earned',
      facts: {
        day: '2026-06-30',
        milestones: [milestone(0.5, '2026-03-31', '2026-03-20'), milestone(0.5, '2026-12-31')],
      },
      expected: { light: 'green', planned: 0.5, earned: 0.5, spi: 1, overdue: 0 },
    },
    {
      title: 'a milestone past its day is red whatever the index',
      facts: {
        day: '2026-07-01',
        milestones: [milestone(0.99, '2026-03-31', '2026-03-20'), milestone(0.01, '2026-06-30')],
      },
      expected: { light: 'red', overdue: 1 },
    },
    {
      title: 'handed in in time and waiting for the checker: yellow at 0.9',
      facts: {
        day: '2026-07-10',
        milestones: [milestone(0.9, '2026-03-31', '2026-03-20'), milestone(0.1, '2026-06-30', null, '2026-06-29')],
      },
      expected: { light: 'yellow', planned: 1, earned: 0.9, spi: 0.9, overdue: 0 },
    },
    {
      title: 'nothing due yet is grey',
      facts: { day: '2026-01-05', milestones: [milestone(1, '2026-12-31')] },
      expected: { light: 'grey', planned: 0, spi: null },
    },
    {
      title: 'of a whole the index decides, one overdue milestone keeps it yellow',
      facts: {
        day: '2026-07-01',
        whole: true,
        milestones: [milestone(0.99, '2026-03-31', '2026-03-20'), milestone(0.01, '2026-06-30')],
      },
      expected: { light: 'yellow', spi: 0.99, overdue: 1 },
    },
    {
      title: 'achieved too late for the day asked',
      facts: { day: '2026-06-30', milestones: [milestone(1, '2026-06-01', '2026-07-02')] },
      expected: { light: 'red', earned: 0, spi: 0 },
    },
  ],
}

const textOrNull = Type.Union([Type.String(), Type.Null()])

export const lightRule = rule({
  id: 'supervision.cloud.light',
  title: words('重点工作亮灯和进度指数', 'Light and progress index of key work'),
  facts: Type.Object({
    day: Type.String({ title: '日期', format: 'date' }),
    milestones: Type.Array(
      Type.Object({
        weight: Type.Number({ title: '占比', minimum: 0, maximum: 1 }),
        due: Type.String({ title: '时限', format: 'date' }),
        achievedOn: textOrNull,
        reportedOn: textOrNull,
      }),
      { title: '节点' },
    ),
    whole: Type.Optional(Type.Boolean({ title: '目标、单位或计划整体' })),
  }),
  result: Type.Object({
    light: Type.Enum(['green', 'yellow', 'red', 'grey']),
    planned: Type.Number(),
    earned: Type.Number(),
    spi: Type.Union([Type.Number(), Type.Null()]),
    overdue: Type.Integer(),
  }),
  packs: [lightPack],
  evaluate: (tables: LightTables, { day, milestones, whole }) => {
    const result = assess(tables, milestones, day, whole)
    return {
      result,
      explanation: [
        words(
          `应完成 ${result.planned}，已完成 ${result.earned}`,
          `Planned ${result.planned}, earned ${result.earned}`,
        ),
        words(`超期节点 ${result.overdue} 个`, `${result.overdue} milestones overdue`),
      ],
    }
  },
})
