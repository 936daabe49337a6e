import { resolve, sep } from 'node:path'
import { identity } from '#platform/identity'
import { type App, InvalidInput, type Work, words } from '#runtime'
import { type Connection, isDatabase, type SourceDefinition } from '../../contract.ts'
import type { SourcesParts } from '../parts.ts'
import { orderSlots } from '../slots/slot-store.ts'
import { sourcesTables } from '../tables.ts'

/** Makes a source or replaces its definition. @throws InvalidInput */
export async function defineSource({ app, egress, secrets }: SourcesParts, work: Work, source: SourceDefinition) {
  const { id, title, organisation, connection, secret, isOn } = source
  if (!(await app.use(identity).organisation(organisation, work.tx)))
    throw wrong('/organisation', words('没有这个单位', 'There is no such organisation'))
  checkConnection(app, connection)
  if (isDatabase(connection)) await egress.resolve(connection.host, connection.port)
  if (connection.kind === 'http') await egress.resolve(...hostOf(connection.address))
  const before = await sourcesTables(work.tx)
    .selectFrom('sources.source')
    .select(['connection', 'secret'])
    .where('id', '=', id)
    .executeTakeFirst()
  // A secret is never sent to another machine or user than it was given for.
  const keeps = before && placeOf(before.connection) === placeOf(connection)
  const sealed = secret ? secrets.seal(id, secret) : keeps ? before.secret : null
  const values = {
    title: JSON.stringify(title),
    organisation,
    connection: JSON.stringify(connection),
    secret: sealed,
    is_on: isOn,
    problem: null,
    by: work.actor.id,
    at: work.at,
  }
  await sourcesTables(work.tx)
    .insertInto('sources.source')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
  work.enqueue('sources.discover', { source: id }, { key: id })
  orderSlots(work, id)
  const details = {
    kind: connection.kind,
    place: placeOf(connection),
    organisation,
    secretChanged: secret !== undefined,
  }
  work.audit({ event: 'sources.source.saved', subject: { kind: 'sources.source', id }, details })
}

const wrong = (path: string, message: ReturnType<typeof words>) =>
  new InvalidInput('wrong-source', words('数据来源的设置有误', 'The source is not defined rightly'), [
    { path, message },
  ])

export function checkConnection({ config }: App, connection: Connection): void {
  if (connection.kind === 'folder') {
    const root = resolve(config.inbox)
    const folder = resolve(root, connection.path)
    if (folder !== root && !folder.startsWith(root + sep))
      throw wrong('/connection/path', words('文件夹必须在收件目录之内', 'The folder must lie below the inbox'))
  }
  if (connection.kind === 'http' && !/^https?:$/.test(URL.parse(connection.address)?.protocol ?? ''))
    throw wrong('/connection/address', words('地址应以 http:// 或 https:// 开头', 'It begins with http:// or https://'))
}

/** Host and port of an address. */
export function hostOf(address: string): [string, number] {
  const { hostname, port, protocol } = new URL(address)
  return [hostname, Number(port || (protocol === 'https:' ? 443 : 80))]
}

/** Where and as whom a connection goes. */
function placeOf(connection: Connection): string {
  if (connection.kind === 'folder') return connection.path
  if (connection.kind === 'push') return ''
  if (connection.kind === 'http') return `${connection.user ?? ''}@${new URL(connection.address).origin}`
  return `${connection.user}@${connection.host.toLowerCase()}:${connection.port}/${connection.database}`
}
