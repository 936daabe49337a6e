import type { Words } from '../../runtime/words.ts'
import type { DatasetSummary, Level, LoadView } from './types.ts'

const w = (zh: string, en: string): Words => ({ zh, en })

export const LEVELS: Readonly<Record<Level, Words>> = {
  public: w('一般数据（可公开）', 'General, public'),
  internal: w('一般数据（内部）', 'General, internal'),
  sensitive: w('一般数据（敏感）', 'General, sensitive'),
  important: w('重要数据', 'Important'),
  core: w('核心数据', 'Core'),
}

export const SHARING: Readonly<Record<DatasetSummary['sharing'], Words>> = {
  unconditional: w('无条件共享', 'Shared freely'),
  conditional: w('有条件共享', 'Shared on conditions'),
  none: w('不予共享', 'Not shared'),
}

export const OPENING: Readonly<Record<DatasetSummary['opening'], Words>> = {
  open: w('向社会开放', 'Open to the public'),
  conditional: w('有条件开放', 'Open on conditions'),
  closed: w('不开放', 'Not open'),
}

export const KINDS: Readonly<Record<string, Words>> = {
  text: w('文本', 'Text'),
  longText: w('长文本', 'Long text'),
  integer: w('整数', 'Whole number'),
  decimal: w('小数', 'Decimal'),
  boolean: w('是/否', 'Yes/no'),
  date: w('日期', 'Date'),
  instant: w('时间', 'Time'),
  code: w('代码', 'Code'),
  identity: w('身份证号', 'Citizen number'),
  uscc: w('统一社会信用代码', 'Credit code'),
  phone: w('电话', 'Telephone'),
  division: w('行政区划', 'Division'),
  organisation: w('组织机构', 'Organisation'),
  point: w('位置', 'Point'),
  reference: w('引用', 'Reference'),
  files: w('附件', 'Files'),
  json: w('其他结构', 'Structure'),
}

export const STATES: Readonly<Record<LoadView['state'], { readonly words: Words; readonly colour: string }>> = {
  loading: { words: w('正在导入', 'Loading'), colour: 'processing' },
  done: { words: w('已完成', 'Done'), colour: 'success' },
  cancelled: { words: w('已取消', 'Cancelled'), colour: 'default' },
  failed: { words: w('失败', 'Failed'), colour: 'error' },
}
