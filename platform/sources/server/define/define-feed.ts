import { type AnyDataset, datasetExtracts } from '#platform/registry'
import { type App, InvalidInput, type Issue, type Words, type Work, words } from '#runtime'
import type { Connection, FeedDefinition } from '../../contract.ts'
import { canTakeWhole } from '../../definition.ts'
import { getSource } from '../runs/run-store.ts'
import { nextTime } from '../schedule/next-time.ts'
import { orderSlots } from '../slots/slot-store.ts'
import { sourcesTables } from '../tables.ts'

/** Makes a feed or replaces its definition. @throws InvalidInput naming each fault, NotFound (source, dataset) */
export async function defineFeed(app: App, work: Work, feed: FeedDefinition): Promise<void> {
  const source = await getSource(work.tx, feed.source)
  const { dataset } = app.use(datasetExtracts).get(feed.dataset)
  const issues = [...targetIssues(dataset), ...modeIssues(source.connection, feed), ...timeIssues(feed, work.at)]
  if (issues.length > 0)
    throw new InvalidInput('wrong-feed', words('采集任务的设置有误', 'The feed is not defined rightly'), issues)
  const values = {
    source: feed.source,
    dataset: feed.dataset,
    definition: JSON.stringify(feed),
    is_on: feed.isOn,
    next_at: nextTime(feed.schedule, work.at),
    by: work.actor.id,
    at: work.at,
  }
  const before = await sourcesTables(work.tx)
    .selectFrom('sources.feed')
    .select(['definition', 'source', 'dataset'])
    .where('id', '=', feed.id)
    .executeTakeFirst()
  // Another table, or another way to collect it, begins from nothing.
  const isOther = before && placeOf(before.definition) !== placeOf(feed)
  await sourcesTables(work.tx)
    .insertInto('sources.feed')
    .values({ id: feed.id, ...values })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ ...values, ...(isOther ? { mark: null, baseline: null } : {}) }),
    )
    .execute()
  orderSlots(work, feed.source)
  const details = { source: feed.source, dataset: feed.dataset, mode: feed.mode, from: feed.from }
  work.audit({ event: 'sources.feed.saved', subject: { kind: 'sources.feed', id: feed.id }, details })
}

const placeOf = ({ source, dataset, from, mode, watermark, pages }: FeedDefinition): string =>
  JSON.stringify([source, dataset, from, mode, watermark?.column, pages])

const MODES: Readonly<Record<Connection['kind'], readonly FeedDefinition['mode'][]>> = {
  folder: ['snapshot'],
  push: ['snapshot'],
  http: ['snapshot', 'watermark'],
  mysql: ['snapshot', 'watermark'],
  postgres: ['snapshot', 'watermark', 'replication'],
}

/** Of replication the log itself tells what is gone. */
const showsGone = (kind: Connection['kind'], feed: FeedDefinition): boolean =>
  feed.mode === 'snapshot' ? kind !== 'push' : feed.mode === 'watermark' && canTakeWhole(feed)

function targetIssues({ writeRight, title }: AnyDataset): Issue[] {
  if (writeRight !== undefined) return []
  const message = words(
    `“${title.zh}”的数据只在办理业务时产生，不能采集`,
    `Rows of "${title.en}" come only from the work that makes them and are not collected`,
  )
  return [{ path: '/dataset', message }]
}

function modeIssues({ kind }: Connection, feed: FeedDefinition): Issue[] {
  const issues: Issue[] = []
  const say = (path: string, message: Words) => issues.push({ path, message })
  if (!feed.id.startsWith(`${feed.source}.`))
    say('/id', words('编号应以来源编号开头', 'It begins with the id of the source'))
  if (kind !== 'push' && feed.from.trim() === '')
    say('/from', words('请填写表名、文件名模式或接口路径', 'Name the table, the pattern of files or the path'))
  if (!MODES[kind].includes(feed.mode))
    say('/mode', words('这种来源不支持该采集方式', 'This kind of source cannot be collected in this way'))
  if (feed.mode === 'watermark' && !feed.watermark?.column)
    say('/watermark/column', words('请填写水位列', 'Name the watermark column'))
  if (kind === 'http' && feed.mode === 'watermark' && !feed.from.includes('{mark}'))
    say(
      '/from',
      words('请在接口路径中用 {mark} 标明水位的位置', 'Say with {mark} where in the path the watermark goes'),
    )
  if (kind !== 'http' && feed.watermark?.givesAll === false)
    say('/watermark/givesAll', words('数据库总能给出全部行', 'A database always hands out all its rows'))
  if (feed.wholeEveryDays !== undefined && !canTakeWhole(feed))
    say(
      '/wholeEveryDays',
      words('给不出全部行，无法全量核对', 'Not all rows are handed out, so nothing can be compared whole'),
    )
  if (feed.deletes === 'missing' && !showsGone(kind, feed))
    say('/deletes', words('只有全量采集才能看出哪些行没有了', 'Only a whole snapshot shows which rows are gone'))
  return issues
}

function timeIssues({ schedule, freshHours }: FeedDefinition, now: Date): Issue[] {
  const issues: Issue[] = []
  try {
    nextTime(schedule, now)
  } catch {
    issues.push({ path: '/schedule/cron', message: words('不是有效的 cron 表达式', 'Not a cron expression') })
  }
  if (schedule && 'everyMinutes' in schedule && schedule.everyMinutes < 1)
    issues.push({ path: '/schedule/everyMinutes', message: words('至少 1 分钟', 'At least a minute') })
  if (freshHours !== undefined && freshHours <= 0)
    issues.push({ path: '/freshHours', message: words('应大于 0', 'More than 0') })
  return issues
}
