import { once } from 'node:events'
import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

const TIMEOUT_MS = 60_000

/**
 * Sends a stream to clamd (command INSTREAM: 4-byte big-endian length before each chunk, a zero length at the end).
 * @param address `host:port` @returns the name of the virus, or null when clean @throws when clamd is away
 */
export async function scan(address: string, content: Readable): Promise<string | null> {
  const [host = '', port = ''] = address.split(':')
  const socket = connect({ host, port: Number(port) })
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new TypeError('clamd did not answer in time')))
  await once(socket, 'connect')
  const answer = text(socket)
  socket.write('zINSTREAM\0')
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    socket.write(length)
    if (!socket.write(chunk)) await once(socket, 'drain')
  }
  socket.end(Buffer.alloc(4))
  const said = (await answer).replaceAll('\0', '').trim()
  if (said.endsWith('OK')) return null
  const found = said.match(/^stream: (.+) FOUND$/)?.[1]
  if (found) return found
  throw new TypeError(`clamd answered: ${said}`)
}
