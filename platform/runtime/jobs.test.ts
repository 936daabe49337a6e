import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { platformModules } from '../modules.ts'
import { defineModule, system, words } from './contract.ts'

const done: string[] = []
let begin = () => {}
const begun = new Promise<void>((resolve) => {
  begin = resolve
})
let goOn = () => {}
const gate = new Promise<void>((resolve) => {
  goOn = resolve
})
const working = defineModule({
  id: 'working',
  title: words('干活', 'Working'),
  about: words('任务测试', 'For tests of jobs'),
  needs: [],
  folder: '/none',
  server: async () => ({
    server: () => ({
      jobs: [
        {
          id: 'working.job',
          title: words('任务', 'Job'),
          run: async (data) => {
            begin()
            await gate
            done.push((data as { name: string }).name)
          },
        },
      ],
    }),
  }),
})

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, working] })
})
afterAll(() => app.stop())

test('waiting jobs are taken in their order, an urgent one before them', async () => {
  const order = (name: string, isUrgent = false) =>
    app.app.work(system('test'), async (work) => work.enqueue('working.job', { name }, { key: name, isUrgent }))
  await order('at work')
  await begun
  await order('first')
  await order('second')
  await order('urgent', true)
  goOn()
  await expect.poll(() => done, { timeout: 20_000 }).toEqual(['at work', 'urgent', 'first', 'second'])
})
