import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { platformModules } from '../modules.ts'
import { defineModule, words } from './contract.ts'

const heard: string[] = []
const listening = defineModule({
  id: 'listening',
  title: words('旁听', 'Listening'),
  about: words('事件测试', 'For tests of events'),
  needs: [],
  folder: '/none',
  server: async () => ({
    server: ({ config }) => ({
      // Before anybody has looked: what lies behind a look is not looked for again.
      start: async () => {
        await asOwner(
          config.databaseUrl ?? '',
          `insert into runtime.event (xid, at, topic, key)
           select xid::text::xid8, now(), 'listening.happened', xid from unnest(array[101, 99, 100, 98]) xid`,
        )
      },
      subscribers: [
        {
          id: 'listening.all',
          topics: ['listening.happened'],
          handle: async (_work, { key }) => void heard.push(key),
        },
      ],
    }),
  }),
})

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, listening] })
})
afterAll(() => app.stop())

test('a subscriber hears every event in the order of its transaction, also where its number gets a digit more', async () => {
  await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['98', '99', '100', '101'])
})
