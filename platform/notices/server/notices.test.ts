import { createServer } from 'node:http'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hmacSm3, keys, sealedKeyId } from '#platform/crypto'
import { notices } from '#platform/notices'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system, words } from '#runtime'

const mails: string[] = []
const texts: { body: string; signature: string }[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    let text = ''
    stream.on('data', (chunk) => {
      text += chunk
    })
    stream.on('end', () => {
      mails.push(text)
      done()
    })
  },
})
const gateway = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    texts.push({ body, signature: String(request.headers['x-signature']) })
    response.end('{}')
  })
})

let city: TestApp
let person: SignedInClient
let other: SignedInClient
beforeAll(async () => {
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done))
  const { port: mailPort } = smtp.server.address() as { port: number }
  const { port: smsPort } = gateway.address() as { port: number }
  city = await testApp({
    env: {
      DAIZONG_SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      DAIZONG_SMS_URL: `http://u:secret@127.0.0.1:${smsPort}/send`,
    },
  })
  person = await client(city)
  other = await client(city)
})
afterAll(async () => {
  await city.stop()
  smtp.close()
  gateway.close()
})

const send = (urgency: 'normal' | 'urgent') =>
  city.app.work(system('test'), (work) =>
    city.app.use(notices).send(work, {
      to: { account: person.actor.id },
      title: words('空气预警待签收', 'An air warning waits for you'),
      body: words('请在两小时内签收', 'Sign for it within two hours'),
      link: '/loops/1',
      urgency,
    }),
  )

test('a notice reaches its reader only, is counted and marked as read', async () => {
  await send('normal')
  expect((await other.get('/api/notices')).body).toMatchObject({ rows: [], unread: 0 })
  const { body } = await person.get('/api/notices')
  expect(body).toMatchObject({ unread: 1, rows: [{ link: '/loops/1', read: false }] })
  expect((await other.post('/api/notices/read', { ids: [body.rows[0].id] })).body).toEqual({ marked: 0 })
  expect((await person.post('/api/notices/read', {})).body).toEqual({ marked: 1 })
  expect((await person.get('/api/notices')).body.unread).toBe(0)
})

test('mail and SMS go out as set; the SMS is signed and carries the title only; the phone is stored sealed', async () => {
  await person.put('/api/notices/settings', {
    mail: 'a@taian.example',
    mailOn: true,
    phone: '13805380001',
    smsOn: true,
  })
  expect((await person.get('/api/notices/settings')).body.phone).toBe('*******0001')
  const { rows } = await asOwner(city.ownerUrl, `select encode(phone, 'escape') as phone from notices.setting`)
  expect(rows[0].phone).not.toContain('0538')
  await send('urgent')
  await expect.poll(() => mails.length, { timeout: 15_000 }).toBe(1)
  await expect.poll(() => texts.length, { timeout: 15_000 }).toBe(1)
  const [text] = texts
  expect(JSON.parse(text?.body ?? '')).toEqual({ to: '13805380001', text: '空气预警待签收' })
  expect(text?.signature).toBe(hmacSm3(Buffer.from('secret'), Buffer.from(text?.body ?? '')).toString('hex'))
})

test('a wrong address is said in place', async () => {
  const { status, body } = await person.put('/api/notices/settings', { mail: 'nonsense' })
  expect(status).toBe(422)
  expect(body.issues[0].path).toBe('/mail')
})

test('phones come under the new key when it rotates, and can still be read', async () => {
  await person.put('/api/notices/settings', { phone: '13805380002' })
  const store = city.app.use(keys)
  const rotation = await city.app.work(system('test'), (work) => store.rotate(work, 'notices.phone'))
  await expect.poll(async () => (await store.progress(rotation)).step, { timeout: 30_000 }).toBe('done')
  const { rows } = await asOwner(city.ownerUrl, 'select phone from notices.setting where phone is not null')
  expect(rows.length).toBeGreaterThan(0)
  for (const { phone } of rows) expect(sealedKeyId(phone)).toBe(store.of('notices.phone').current.id)
  expect((await person.get('/api/notices/settings')).body.phone).toBe('*******0002')
}, 60_000)
