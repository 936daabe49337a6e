import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asOwner } from '#platform/testing'
import { startEmbedded } from '#runtime'

/** A PostgreSQL of another system, with logical replication. */
export async function postgresSource() {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-source-'))
  const first = await startEmbedded(folder, { durable: false })
  await asOwner(first.url, 'alter system set wal_level = logical')
  await first.stop()
  const server = await startEmbedded(folder, { durable: false })
  // Other systems confirm on disk; the log ends before what is not there yet.
  await asOwner(server.url, 'alter database daizong set synchronous_commit = on')
  const { hostname, port, username, password } = new URL(server.url)
  return {
    connection: {
      kind: 'postgres',
      host: hostname,
      port: Number(port),
      database: 'daizong',
      user: username,
      tls: false,
    } as const,
    secret: password,
    sql: (text: string) => asOwner(server.url, text),
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
