import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documents } from '#platform/documents'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

let city: TestApp
let owner: SignedInClient
let other: SignedInClient
beforeAll(async () => {
  city = await testApp()
  owner = await client(city)
  other = await client(city)
})
afterAll(() => city.stop())

async function upload(by: SignedInClient, name: string, content: Buffer | string) {
  const form = new FormData()
  form.set('file', new Blob([content as BlobPart]), name)
  const answer = await fetch(`${city.address}/api/files`, {
    method: 'POST',
    headers: { cookie: by.cookie },
    body: form,
  })
  return {
    status: answer.status,
    body: (await answer.json()) as { id: string; sm3: string; type: string; size: number; code?: string },
  }
}
const read = (by: SignedInClient, id: string, headers: Record<string, string> = {}) =>
  fetch(`${city.address}/api/files/${id}`, { headers: { cookie: by.cookie, ...headers } })

test('a file comes back byte by byte, whole, in part, or not at all when unchanged', async () => {
  const { status, body } = await upload(owner, '现场.png', PNG)
  expect(status).toBe(200)
  expect(body).toMatchObject({ type: 'image/png', size: PNG.length })
  const whole = await read(owner, body.id)
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(PNG)
  expect(whole.headers.get('content-disposition')).toContain(encodeURIComponent('现场.png'))
  const part = await read(owner, body.id, { range: 'bytes=1-3' })
  expect([part.status, await part.text()]).toEqual([206, 'PNG'])
  expect((await read(owner, body.id, { 'if-none-match': `"${body.sm3}"` })).status).toBe(304)
})

test('the same content is stored once, under two uploads', async () => {
  const [a, b] = [await upload(owner, 'a.txt', '同一内容'), await upload(other, 'b.txt', '同一内容')]
  expect(a.body.sm3).toBe(b.body.sm3)
  expect(a.body.id).not.toBe(b.body.id)
  const { rows } = await asOwner(
    city.ownerUrl,
    `select count(*)::int as n from documents.blob where sm3 = '${a.body.sm3}'`,
  )
  expect(rows[0].n).toBe(1)
})

test('the bytes decide: a program named .png and a page are refused', async () => {
  expect(await upload(owner, 'x.png', Buffer.from('7f454c4602010100', 'hex'))).toMatchObject({
    status: 422,
    body: { code: 'file-type' },
  })
  expect(await upload(owner, 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg"></svg>')).toMatchObject({ status: 422 })
})

test('a loose upload is the uploader’s own; attached, its readers read it; others never', async () => {
  const { body } = await upload(owner, 'proof.txt', 'evidence')
  expect((await read(other, body.id)).status).toBe(404)
  const files = city.app.use(documents)
  files.readers('case', async (work, id) => id === '7' && work.actor.id === other.actor.id)
  await expect(
    city.app.work(other.actor, (work) => files.attach(work, [body.id], { kind: 'case', id: '7' })),
  ).rejects.toThrow('no-such-file')
  await city.app.work(owner.actor, (work) => files.attach(work, [body.id], { kind: 'case', id: '7' }))
  expect((await read(other, body.id)).status).toBe(200)
  expect((await read(await client(city), body.id)).status).toBe(404)
})

test('every upload and every read is in the audit log', async () => {
  const { body } = await upload(owner, 'log.txt', 'seen')
  await (await read(owner, body.id)).arrayBuffer()
  const { rows } = await asOwner(
    city.ownerUrl,
    `select event from audit.entry where subject = '${body.id}' order by id`,
  )
  expect(rows.map((row) => row.event)).toEqual(['documents.file.uploaded', 'documents.file.read'])
})

/** Speaks clamd's INSTREAM: collects chunks until the empty one, finds the EICAR name in them. */
function clamd(): Promise<Server> {
  const server = createServer((socket) => {
    const parts: Buffer[] = []
    socket.on('data', (chunk: Buffer) => {
      parts.push(chunk)
      const all = Buffer.concat(parts)
      if (all.subarray(-4).equals(Buffer.alloc(4)))
        socket.end(all.includes('EICAR') ? 'stream: Eicar-Test FOUND\0' : 'stream: OK\0')
    })
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

test('with a scanner set, a virus is refused and a scanner that is away keeps the file unreadable', async () => {
  const scanner = await clamd()
  const { port } = scanner.address() as { port: number }
  const guarded = await testApp({ env: { DAIZONG_CLAMD: `127.0.0.1:${port}` } })
  try {
    const person = await client(guarded)
    const send = async (name: string, content: string) => {
      const form = new FormData()
      form.set('file', new Blob([content]), name)
      const answer = await fetch(`${guarded.address}/api/files`, {
        method: 'POST',
        headers: { cookie: person.cookie },
        body: form,
      })
      return { status: answer.status, body: (await answer.json()) as { id: string } }
    }
    expect((await send('bad.txt', 'EICAR')).status).toBe(422)
    const clean = await send('good.txt', 'fine')
    expect((await person.get(`/api/files/${clean.body.id}`)).status).toBe(200)
    await new Promise((done) => scanner.close(done))
    const waiting = await send('later.txt', 'unknown')
    expect(waiting.status).toBe(200)
    expect((await person.get(`/api/files/${waiting.body.id}`)).status).toBe(409)
  } finally {
    scanner.close()
    await guarded.stop()
  }
})
