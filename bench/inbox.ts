import { benchModule, multiply, openMatter } from './matters.ts'
import { p95 } from './p95.ts'
import { signedIn, startProgram } from './program.ts'
import { report } from './report.ts'

/**
 * What somebody waits for who opens his inbox and looks for a matter: the real routes over HTTP, one after the other,
 * for a post with OPEN of MATTERS open matters. The figure is the 95th percentile of the slowest route.
 */
const MATTERS = Number(process.env.MATTERS ?? 10_000_000)
const OPEN = Number(process.env.OPEN ?? 50_000)
const ROUNDS = Number(process.env.ROUNDS ?? 100)

const POSTS = Math.max(1, Math.round(MATTERS / OPEN))
const places = ['泰山区', '岱岳区', '新泰市', '肥城市', '宁阳县', '东平县', '泰安高新区', '徂汶景区']
const subjects = [
  '大气超标处置',
  '黑臭水体整治',
  '老旧小区改造',
  '占道经营清理',
  '噪声扰民投诉',
  '工程欠薪核查',
  '路灯损坏报修',
]
const oneOf = (list: readonly string[], step: number) =>
  `(array[${list.map((text) => `'${text}'`)}])[1 + (n / ${step}) % ${list.length}]`
const headline = `${oneOf(places, 1)} || ${oneOf(subjects, 3)} || '第' || n || '号'`
const due = `s.due + ((n::bigint * 7919) % 3000000 - 400000) * interval '1 second'`

const started = performance.now()
const program = await startProgram([benchModule])
try {
  const rights = { 'bench.handle': 'city', 'bench.check': 'city' } as const
  const { cookie, post } = await signedIn(program, rights)
  const first = await openMatter(program.app)
  const holder = `case when n % ${POSTS} = 0 then s.holder else 'post:other-' || n % ${POSTS} end`
  await multiply(program.ownerUrl, first.id, MATTERS, {
    instance: { headline_zh: headline, headline_en: headline, due },
    inbox: { headline, due, warn: `${due} - interval '2 days'`, holder },
  })
  process.stdout.write(`seeded in ${Math.round((performance.now() - started) / 1000)} s\n`)

  const get = async (path: string): Promise<{ rows?: unknown[]; next?: string | null; total?: number }> => {
    const answer = await fetch(`${program.address}${path}`, { headers: { cookie } })
    if (!answer.ok) throw new TypeError(`${path} answered ${answer.status}`)
    return (await answer.json()) as { rows?: unknown[] }
  }
  const whole = String(Math.floor(MATTERS / POSTS / 2) * POSTS)
  const next = (await get('/api/loops/inbox')).next
  const paths: Readonly<Record<string, string>> = {
    'inbox, first page': '/api/loops/inbox',
    'inbox, next page': `/api/loops/inbox?after=${next}`,
    'inbox, one light': '/api/loops/inbox?light=green',
    counts: '/api/loops/inbox/counts',
    'inbox, text in many': '/api/loops/inbox?text=整治',
    'inbox, text in one': `/api/loops/inbox?text=第${whole}号`,
    'inbox, text in none': '/api/loops/inbox?text=龙卷风',
    'search, text in many': '/api/loops?text=整治',
    'search, text in one': `/api/loops?text=第${whole}号`,
    'search, text in none': '/api/loops?text=龙卷风',
    'search, one character in many': '/api/loops?text=水',
    'search, one character in none': '/api/loops?text=鑫',
  }
  let slowest = 0
  for (const [name, path] of Object.entries(paths)) {
    const found = await get(path)
    const time = await p95(ROUNDS, () => get(path))
    slowest = Math.max(slowest, time)
    process.stdout.write(`${name}: p95 ${time.toFixed(1)} ms, ${found.rows?.length ?? found.total} found\n`)
  }
  const page = await p95(ROUNDS, () => get('/api/loops/inbox'))
  const bare = await p95(ROUNDS, await barePage(`post:${post}`))
  report({
    bench: 'inbox',
    value: slowest,
    unit: 'ms p95 of the slowest route',
    ratio: page / bare,
    against: 'the first page as prepared SQL; the ratio is that page',
    seconds: (performance.now() - started) / 1000,
    rows: MATTERS,
  })
} finally {
  await program.stop()
}

/** The same fifty matters by hand. */
async function barePage(holder: string): Promise<() => Promise<unknown>> {
  const client = await program.app.pool.connect()
  const text = `select i.* from (select instance, due from loops.inbox where holder = $1 and state = 'todo'
    order by due, instance limit 50) b join loops.instance i on i.id = b.instance order by b.due, i.id`
  program.app.stopping.addEventListener('abort', () => client.release())
  return () => client.query({ name: 'page', text, values: [holder] })
}
