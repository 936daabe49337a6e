import type { Words } from '../../../../platform/runtime/words.ts'
import type { Counts } from './types.ts'

const w = (zh: string, en: string): Words => ({ zh, en })
type Titles = Readonly<Record<string, Words>>

export const DIMENSIONS: Titles = {
  normative: w('规范性', 'Conformity'),
  complete: w('完整性', 'Completeness'),
  accurate: w('准确性', 'Accuracy'),
  consistent: w('一致性', 'Consistency'),
  timely: w('时效性', 'Timeliness'),
  accessible: w('可访问性', 'Accessibility'),
}

export const SEVERITIES: Titles = {
  minor: w('一般', 'Minor'),
  major: w('重要', 'Major'),
  critical: w('严重', 'Critical'),
}

export const CHECKS: Titles = {
  required: w('应填写', 'Must be given'),
  range: w('在范围内', 'Within bounds'),
  codes: w('在代码表内', 'One of the codes'),
  pattern: w('符合格式', 'Fits a pattern'),
  unique: w('不重复', 'Not repeated'),
  reference: w('在另一数据集中存在', 'Is in another dataset'),
  compare: w('两个字段相比', 'Two fields compared'),
  fresh: w('按承诺更新', 'As fresh as promised'),
  condition: w('自定义条件', 'A condition'),
}

export const COUNTED: Readonly<Record<Counts, Words>> = {
  rows: w('行', 'rows'),
  runs: w('次采集', 'collections'),
  dataset: w('个数据集', 'dataset'),
}

export const RULE_STATES: Readonly<Record<string, { readonly words: Words; readonly colour: string }>> = {
  declared: { words: w('系统内置', 'Built in'), colour: 'blue' },
  draft: { words: w('待发布', 'Draft'), colour: 'orange' },
  published: { words: w('在用', 'In force'), colour: 'green' },
  withdrawn: { words: w('已停用', 'Out of force'), colour: 'default' },
}

export const EDGES: Titles = {
  duty: w('系统对应职责', 'Systems with a duty'),
  item: w('系统对应事项', 'Systems with an item'),
  table: w('系统有数据表', 'Systems with tables'),
  explained: w('数据表已说明', 'Tables explained'),
  collected: w('应汇尽汇', 'All collected'),
  field: w('字段已对应', 'Fields mapped'),
}

export const REASONS: Titles = {
  law: w('法律法规规定不予共享', 'The law keeps it'),
  province: w('省级以上系统，数据不在本地', 'Kept by the province or above'),
  'no-value': w('临时或日志数据，无共享价值', 'Temporary or log data'),
  planned: w('已列入汇聚计划', 'Planned'),
}

export const SYSTEM_STATES: Titles = {
  running: w('在用', 'In use'),
  stopping: w('拟停用', 'To be ended'),
  stopped: w('已停用', 'Ended'),
}

export const SCAN_STATES: Readonly<Record<string, { readonly words: Words; readonly colour: string }>> = {
  undeclared: { words: w('未申报', 'Not declared'), colour: 'orange' },
  differs: { words: w('与清单不同', 'Differs'), colour: 'gold' },
  gone: { words: w('来源中已没有', 'Not there any more'), colour: 'red' },
}

export const PLACES: Titles = {
  'city-cloud': w('市政务云', 'Cloud of the city'),
  'province-cloud': w('省级平台', 'Platform of the province'),
  own: w('单位自建机房', 'Own room'),
  national: w('国家部委系统', 'System of a ministry'),
}

export const titleOf = (titles: Titles, id: string): Words => titles[id] ?? w(id, id)

/** `97 %`, or a dash of nothing. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.floor((1000 * part) / whole) / 10} %`
