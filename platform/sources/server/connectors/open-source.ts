import { createReadStream } from 'node:fs'
import { InvalidInput, words } from '#runtime'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import type { SourceRow } from '../tables.ts'
import type { Connector } from './connector.ts'
import { openFolder } from './folder.ts'
import { fetcher } from './http-fetch.ts'
import { openHttp } from './http-pull.ts'
import { openMysql } from './mysql.ts'
import { openPostgres } from './postgres.ts'
import { openPush } from './push.ts'
import { takenFiles } from './taken-files.ts'

/** A new source that is tried before it is stored is like a stored one. */
export type Reachable = Pick<SourceRow, 'id' | 'organisation' | 'connection'> & {
  readonly password: string | undefined
}

/** Opens a source by its kind. @throws InvalidInput (not allowed), Unavailable (away) */
export async function openSource(parts: SourcesParts, source: Reachable, dataset?: string): Promise<Connector> {
  const { egress, app } = parts
  const { connection, password } = source
  if (connection.kind === 'folder')
    return openFolder(app.config.inbox, connection.path, takenFiles(app.db), (path) =>
      peek(parts, source, path, dataset),
    )
  if (connection.kind === 'push') return openPush(app.db)
  if (connection.kind === 'http') return openHttp(fetcher(egress, connection.address, connection.user, password))
  const address = await egress.resolve(connection.host, connection.port)
  const open = connection.kind === 'postgres' ? openPostgres : openMysql
  return open({ ...connection, address }, password)
}

/** The source with its secret open. */
export const reachable = ({ secrets }: SourcesParts, source: SourceRow): Reachable => ({
  ...source,
  password: secrets.open(source.id, source.secret),
})

async function peek({ desk, app }: SourcesParts, source: Reachable, path: string, dataset: string | undefined) {
  if (!dataset) throw new InvalidInput('no-dataset', words('请先选择数据集', 'Choose the dataset first'))
  const file = await desk.keep(path.replace(/^.*\//, ''), createReadStream(path))
  const { reading, sample } = await app.work(feedActor(source.id, source.organisation), (work) =>
    desk.inspect(work, dataset, file),
  )
  return { columns: reading.header, rows: sample.map(({ cells }) => cells) }
}
