import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { indicators } from '#platform/indicators'
import { type Client, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { docx, PASSWORD, photo, send, WORD } from './testing.ts'

const MINUTES = 60_000
let running: TestApp
let now = new Date('2026-02-02T02:00:00Z')
const as = (account: string): Promise<Client> => signIn(running, account, PASSWORD)

beforeAll(async () => {
  running = await testApp({ demo: true, now: () => now })
})
afterAll(() => running?.stop())

const REPORT = docx([
  { text: '2026年泰安市政府工作报告' },
  { text: '数字政府', level: 0 },
  {
    text: '建设公共数据平台。6月底前完成数据目录，年底前完成平台上线。（牵头单位：市大数据局；配合单位：市生态环境局）',
    level: 1,
  },
  { text: '提高督查事项按期完成率。10月底前达到90%以上。（牵头单位：市大数据局）', level: 1 },
])

test(
  'a year: from the work report to a confirmed score whose every point opens its source',
  async () => {
    let [office, leader, officer, head] = await Promise.all(
      ['supervision', 'leader', 'data-officer', 'data-head'].map(as),
    )
    if (!office || !leader || !officer || !head) throw new TypeError('nobody')

    // The report becomes a draft; the live indicator is put in by hand; published.
    const file = (await send(running, office, '政府工作报告.docx', REPORT, WORD)).body.id
    const drafted = await office.post('/api/supervision/reports', {
      title: '2026年政府工作报告重点任务',
      year: 2026,
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      inspection: 'comprehensive',
      file,
    })
    expect(drafted.status).toBe(200)
    const plan: string = drafted.body.id
    const tree = async (who: Client) => (await who.get(`/api/supervision/plans/${plan}`)).body
    const draft = await tree(office)
    expect(draft).toMatchObject({ faults: [], plan: { inspection: 'comprehensive', state: 'draft' } })
    const named = (title: string) => draft.nodes.find((node: { title: string }) => node.title === title)
    const platform = named('建设公共数据平台')
    const share = named('提高督查事项按期完成率')
    const below = (id: string) => draft.nodes.filter(({ parent }: { parent: string }) => parent === id)
    expect(platform).toMatchObject({ lead: 'city.big-data', joint: ['city.ecology'] })
    expect(below(platform.id).map(({ due }: { due: string }) => due)).toEqual(['2026-06-30', '2026-12-31'])
    const [measured] = below(share.id)
    const live = { indicator: 'supervision.cloud.spi', member: 'city.big-data', target: 0.9, better: 'higher' }
    const { id, parent, kind, title, weight, due } = measured
    const put = { id, parent, kind, title, weight, due, joint: [], live }
    expect((await office.put(`/api/supervision/plans/${plan}/nodes`, put)).status).toBe(200)
    expect((await office.post(`/api/supervision/plans/${plan}/publication`)).body).toEqual({ matters: 2 })

    const matterOf = async (task: string) => (await office?.get(`/api/supervision/tasks/${task}`))?.body.matter.id
    const matter: string = await matterOf(platform.id)
    let step = 0
    const act = async (who: Client | undefined, action: string, more: object = {}, on = matter) => {
      const { revision } = (await office?.get(`/api/loops/${on}`))?.body.matter ?? {}
      return who?.post(`/api/loops/${on}/actions`, { action, revision, key: `year-cycle-${step++}`, ...more })
    }

    // Signed for, progress told, the first milestone checked by another person.
    expect((await act(officer, 'accept'))?.body).toMatchObject({ place: 'handling' })
    await act(officer, 'accept', {}, await matterOf(share.id))
    expect((await act(officer, 'progress', { form: { text: '数据目录编制过半' } }))?.status).toBe(200)
    const [first, second] = below(platform.id)
    const report = async (milestone: { id: string }, result: string) =>
      act(officer, 'report', {
        form: { milestone: milestone.id, result },
        evidence: [await photo(running, officer as Client)],
      })
    expect((await report(first, '目录已发布'))?.body).toMatchObject({ place: 'verifying' })
    expect((await act(officer, 'pass', { form: { quality: 'excellent' } }))?.status).toBe(403)
    expect((await act(office, 'pass', { form: { quality: 'good' } }))?.body).toMatchObject({ place: 'handling' })

    // The other task is closed by its indicator, by nobody's word.
    await running.app.work(system('test'), (work) =>
      running.app
        .use(indicators)
        .publish(work, live.indicator, [
          { member: live.member, period: '2026-02-01T00:00:00.000Z', value: 0.95, basis: {} },
        ]),
    )
    await expect
      .poll(async () => (await tree(office as Client)).nodes.find((node: { id: string }) => node.id === id), {
        timeout: MINUTES,
      })
      .toMatchObject({ proof: 'indicator', proofOf: { value: 0.95 } })

    // The last milestone is late: the ladder climbs, each step leaves its letter.
    now = new Date('2027-01-08T02:00:00Z')
    ;[office, leader, officer, head] = await Promise.all(['supervision', 'leader', 'data-officer', 'data-head'].map(as))
    const task = async () => (await office?.get(`/api/supervision/tasks/${platform.id}`))?.body
    await expect
      .poll(async () => (await task()).steps.map((one: { step: string }) => one.step), { timeout: MINUTES })
      .toEqual(['urge', 'letter'])
    expect((await report(second, '平台已上线'))?.status).toBe(200)
    expect((await act(office, 'pass', { form: { quality: 'excellent' } }))?.body).toMatchObject({ place: 'announced' })

    // Objection and review by somebody who did not check.
    expect((await act(head, 'object', { form: { ground: '第一个节点应评优秀' } }))?.body).toMatchObject({
      place: 'review',
    })
    expect((await act(office, 'uphold', { form: { reason: '维持' } }))?.status).toBe(403)
    expect((await act(leader, 'uphold', { form: { reason: '核验结论恰当，维持' } }))?.body).toMatchObject({
      ended: true,
    })

    // The year's score: 1/2 of the weight on each task; 25 × 0.9 + 25 × 0.9 (8 days late) + 50, less a point for the letter.
    const scores = async (who: Client | undefined) => (await who?.get(`/api/supervision/plans/${plan}/scores`))?.body
    expect((await leader?.post(`/api/supervision/plans/${plan}/scores`))?.status).toBe(200)
    const { confirmed, rows } = await scores(office)
    const score = rows.find(({ unit }: { unit: string }) => unit === 'city.big-data')
    expect(confirmed).toBe(true)
    expect(score.total).toBeCloseTo(25 * 0.9 + 25 * 0.9 + 50 - 1)
    expect(score.lines.reduce((sum: number, { points }: { points: number }) => sum + points, 0)).toBeCloseTo(
      score.total,
    )

    // Every point opens: evidence of the check, value of the indicator, letter of the step.
    const opened: string[] = []
    for (const line of score.lines as { source: string; loop: string; proof: string | null; task: string }[]) {
      expect((await head?.get(`/api/supervision/tasks/${line.task}`))?.status).toBe(200)
      const { body } = (await head?.get(`/api/loops/${line.loop}`)) ?? {}
      if (line.source.startsWith('step:')) {
        const letter = (await head?.get(`/api/supervision/letters/${line.source.slice(5)}`))?.body
        expect(letter.letter).toMatchObject({ addressee: '市大数据局', issuer: '泰安市人民政府办公室' })
        expect(letter.letter.paragraphs.join('')).toContain('应于2026年12月31日前完成')
        expect(await wordText(letter.file, head)).toContain(letter.letter.number)
        opened.push(letter.letter.number.slice(0, 2))
      } else if (line.proof === 'check') {
        const reports = body.timeLine.filter(({ action }: { action: string }) => action === 'report')
        const files = reports.flatMap(({ evidence }: { evidence: { id: string }[] }) => evidence)
        expect(files).toHaveLength(2)
        for (const each of files) expect(await status(`/api/files/${each.id}`, head)).toBe(200)
        const checks = body.timeLine.filter(({ action }: { action: string }) => action === 'pass')
        expect(checks.every(({ actor }: { actor: string }) => actor === '刘芳')).toBe(true)
        opened.push('check')
      } else {
        const proof =
          (await task()) && (await tree(office as Client)).nodes.find((n: { id: string }) => n.id === line.source)
        const { indicator, member, period, value } = proof.proofOf
        const from = encodeURIComponent(period)
        const known = await office?.get(`/api/indicators/${indicator}/vintages?member=${member}&period=${from}`)
        expect(known?.body.vintages[0]).toMatchObject({ value })
        opened.push('indicator')
      }
    }
    expect(opened.toSorted()).toEqual(['check', 'check', 'indicator', '催办', '督办'])
  },
  4 * MINUTES,
)

const download = (path: string, who: Client | undefined) =>
  fetch(`${running.address}${path}`, { headers: { cookie: who?.cookie ?? '' } })
const status = async (path: string, who: Client | undefined) => (await download(path, who)).status

/** The words of a downloaded .docx. */
async function wordText(file: string, who: Client | undefined): Promise<string> {
  const answer = await download(`/api/files/${file}`, who)
  expect(answer.status).toBe(200)
  const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  return new TextDecoder().decode(parts['word/document.xml']).replaceAll(/<[^>]+>/g, '')
}
