import type { ValueKind } from '#platform/registry'
import type { Words } from '../../runtime/words.ts'
import type { ColumnCheck, Connection, DriftKind, FeedDefinition, Light, RunState } from '../contract.ts'

const w = (zh: string, en: string): Words => ({ zh, en })

export const LIGHTS: Readonly<Record<Light, Words>> = {
  green: w('正常', 'All well'),
  yellow: w('进行中或将到期', 'At work or due soon'),
  red: w('需要处理', 'Needs attention'),
  grey: w('停用或未采集', 'Off or never run'),
}

export const KINDS: Readonly<Record<Connection['kind'], Words>> = {
  folder: w('文件夹', 'Folder of files'),
  postgres: w('PostgreSQL 数据库', 'PostgreSQL database'),
  mysql: w('MySQL / MariaDB 数据库', 'MySQL / MariaDB database'),
  http: w('HTTP 接口（主动拉取）', 'HTTP interface (we ask)'),
  push: w('HTTP 推送（对方送来）', 'HTTP push (they send)'),
}

export const KIND_HELP: Readonly<Record<Connection['kind'], Words>> = {
  folder: w('部门把 CSV、Excel、JSON 文件放进交换目录', 'Departments put CSV, Excel or JSON files into a folder'),
  postgres: w('全量、按水位增量，或逻辑复制', 'Whole, by watermark, or by logical replication'),
  mysql: w('全量或按水位增量', 'Whole or by watermark'),
  http: w('按页读取 JSON 接口', 'Reads a JSON interface page by page'),
  push: w('对方系统用令牌分批推送', 'The other system sends batches with its token'),
}

export const MODES: Readonly<Record<FeedDefinition['mode'], Words>> = {
  snapshot: w('每次全量', 'Whole each time'),
  watermark: w('按水位列增量', 'What a watermark says is new'),
  replication: w('逻辑复制（变更）', 'Changes by logical replication'),
}

export const STATES: Readonly<Record<RunState, { readonly words: Words; readonly colour: string }>> = {
  collecting: { words: w('正在读取来源', 'Reading the source'), colour: 'processing' },
  checking: { words: w('正在检查', 'Checking'), colour: 'processing' },
  halted: { words: w('已暂停，等待处置', 'Halted, waits for a decision'), colour: 'error' },
  loading: { words: w('正在入库', 'Storing'), colour: 'processing' },
  removing: { words: w('正在核对', 'Reconciling'), colour: 'processing' },
  done: { words: w('完成', 'Done'), colour: 'success' },
  failed: { words: w('失败', 'Failed'), colour: 'error' },
  cancelled: { words: w('已取消', 'Cancelled'), colour: 'default' },
  refused: { words: w('已拒绝，未写入', 'Refused, nothing written'), colour: 'warning' },
  incomplete: { words: w('与来源不一致或未传完', 'Not what the source has, or not whole'), colour: 'error' },
}

export const DRIFT_KINDS: Readonly<Record<DriftKind, Words>> = {
  added: w('新增列', 'New column'),
  dropped: w('列消失', 'Column gone'),
  renamed: w('列改名', 'Column renamed'),
  type: w('类型变化', 'Type changed'),
  meaning: w('含义变化', 'Meaning changed'),
  encoding: w('编码不符', 'Wrong encoding'),
  incomplete: w('没有传完', 'Not whole'),
  shrunk: w('行数骤减', 'Far fewer rows'),
  unmapped: w('列未对应', 'Columns without a field'),
}

export const VALUE_KINDS: Readonly<Record<ValueKind, Words>> = {
  integer: w('整数', 'Whole numbers'),
  decimal: w('小数', 'Decimals'),
  digits: w('数字编号', 'Numbers of digits'),
  date: w('日期', 'Dates'),
  text: w('文字', 'Text'),
}

export const FIGURES: Readonly<Record<ColumnCheck['what'], Words>> = {
  rows: w('行数', 'Rows'),
  filled: w('非空个数', 'Filled cells'),
  sum: w('合计', 'Sum'),
  min: w('最小值', 'Least'),
  max: w('最大值', 'Greatest'),
  checksum: w('校验和', 'Checksum'),
}

export const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`
